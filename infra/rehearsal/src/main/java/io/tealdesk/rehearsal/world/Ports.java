package io.tealdesk.rehearsal.world;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free ports, planned ahead: the load balancer has to know a target's port long before the target starts. None of those
 * that the system gives to outgoing connections, for one of the load's could then take a port before its task does.
 */
public final class Ports {

    private static final int LOWEST = 20_000;
    /** Linux hands out 32768 and above. */
    private static final int HIGHEST = 32_000;

    private final InetAddress address;
    private int next = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);

    public Ports(InetAddress address) {
        this.address = address;
    }

    /** Never the same twice. */
    public synchronized int next() {
        for (int tried = LOWEST; tried < HIGHEST; tried++) {
            int port = next;
            next = port + 1 < HIGHEST ? port + 1 : LOWEST;
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("No port is free between " + LOWEST + " and " + HIGHEST);
    }

    private boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(address, port), 1);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
