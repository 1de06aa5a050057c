package io.tealdesk.rehearsal.balancer;

import io.tealdesk.rehearsal.plan.Color;
import io.tealdesk.rehearsal.plan.ServiceName;
import java.net.InetSocketAddress;

/**
 * A place for a target that Nginx knows from its start, because it learns no address later without a reload.
 *
 * @param name as the configuration and the access log call it: {@code backend-blue-1}
 */
record Upstream(String name, ServiceName service, Color color, InetSocketAddress address) {

    static String name(ServiceName service, Color color, int number) {
        return service + "-" + color + "-" + number;
    }

    /** As Nginx writes it. */
    String hostAndPort() {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
