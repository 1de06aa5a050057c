package io.tealdesk.rehearsal.plan;

import java.time.Duration;

/** How a deployment configuration moves traffic. */
public sealed interface TrafficShift {

    record AllAtOnce() implements TrafficShift {}

    /** First so many percent, and after the wait all. */
    record Canary(int percent, Duration pause) implements TrafficShift {}

    /** So many percent more each time. */
    record Linear(int percent, Duration interval) implements TrafficShift {}
}
