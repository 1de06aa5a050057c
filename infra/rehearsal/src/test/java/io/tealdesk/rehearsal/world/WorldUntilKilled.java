package io.tealdesk.rehearsal.world;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A program that stands up a world, says so, and waits for its end. */
final class WorldUntilKilled {

    private WorldUntilKilled() {}

    public static void main(String[] arguments) throws Exception {
        World.start(new WorldSettings(
                Checkout.SOURCE,
                Path.of(arguments[0]),
                InetAddress.getLoopbackAddress(),
                URI.create("http://127.0.0.1:8080")));
        System.out.println("stands");
        new CountDownLatch(1).await();
    }
}
