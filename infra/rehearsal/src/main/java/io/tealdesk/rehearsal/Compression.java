package io.tealdesk.rehearsal;

import java.time.Duration;

/**
 * Shortens waits, and only waits: what a program needs to start, answer or stop is never divided.
 *
 * @param factor 20 makes a minute three seconds
 */
public record Compression(double factor) {

    public Duration of(Duration wait) {
        return Duration.ofNanos(Math.round(wait.toNanos() / factor));
    }
}
