package io.tealdesk.rehearsal.balancer;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line of the access log.
 *
 * @param kind {@code begun}, {@code ended}, or {@code mark} for a line that we asked for ourselves
 * @param time of the end, in seconds
 * @param target that was chosen, whether or not it was asked
 * @param upstream whom Nginx asked; empty when it asked nobody
 * @param connect seconds until the connection stood, {@code -} when it never did; empty when nobody was asked
 * @param header seconds until the target's answer began, {@code -} when it never did; empty when nobody was asked
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record AccessEntry(
        String kind,
        String id,
        double time,
        @Nullable String target,
        int status,
        @Nullable String upstream,
        @Nullable String connect,
        @Nullable String header,
        double seconds) {

    Instant at() {
        return Instant.ofEpochMilli(Math.round(time * 1000));
    }

    boolean isOf(String group) {
        return target != null && target.startsWith(group + "-");
    }

    /** Whether a target was chosen for it; CloudWatch's RequestCount leaves out those without one. */
    boolean isRouted() {
        return asked() || atDoor();
    }

    /** Whether the answer is the target's own and not the load balancer's. */
    boolean isAnsweredByTarget() {
        return atDoor() || (asked() && isNumber(header));
    }

    boolean isConnectionRefused() {
        return asked() && !isNumber(connect);
    }

    /** From the request's leaving to the first byte of the answer. */
    double responseSeconds() {
        return header != null && isNumber(header) ? Double.parseDouble(header) : seconds;
    }

    private boolean asked() {
        return upstream != null && !upstream.isEmpty();
    }

    /** A fault at the target's door answers for the target, and Nginx has nobody to ask. */
    private boolean atDoor() {
        return !asked()
                && (status == 503 || status == 500)
                && target != null
                && !target.isEmpty()
                && !target.equals(RoutingTable.NOWHERE);
    }

    private static boolean isNumber(@Nullable String seconds) {
        return seconds != null && !seconds.isEmpty() && !seconds.equals("-");
    }
}
