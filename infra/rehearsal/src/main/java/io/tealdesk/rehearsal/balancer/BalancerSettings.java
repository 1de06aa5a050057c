package io.tealdesk.rehearsal.balancer;

import java.nio.file.Path;

/**
 * Where the load balancer lives.
 *
 * @param directory its own, for configuration, state and logs
 * @param productionPort 0 for any free one
 * @param testPort 0 for any free one
 * @param targetHost where targets listen: loopback, or what the containers' ports are published on
 * @param forwardedProto what X-Forwarded-Proto tells tasks; on AWS it is the listener's, https with a certificate
 */
public record BalancerSettings(
        Path directory, int productionPort, int testPort, String targetHost, String forwardedProto) {

    public static BalancerSettings in(Path directory) {
        return new BalancerSettings(directory, 0, 0, "127.0.0.1", "http");
    }
}
