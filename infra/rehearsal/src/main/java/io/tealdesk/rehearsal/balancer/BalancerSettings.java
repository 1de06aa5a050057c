package io.tealdesk.rehearsal.balancer;

import io.tealdesk.rehearsal.world.Ports;
import java.nio.file.Path;

/**
 * Where the load balancer lives.
 *
 * @param directory its own, for configuration, state and logs
 * @param ports whence the targets' ports come, and its own that nobody else names
 * @param targetHost where targets listen: loopback, or what the containers' ports are published on
 * @param forwardedProto what X-Forwarded-Proto tells tasks; on AWS it is the listener's, https with a certificate
 */
public record BalancerSettings(
        Path directory, Ports ports, int productionPort, int testPort, String targetHost, String forwardedProto) {

    public static BalancerSettings in(Path directory, Ports ports) {
        return new BalancerSettings(directory, ports, ports.next(), ports.next(), "127.0.0.1", "http");
    }
}
