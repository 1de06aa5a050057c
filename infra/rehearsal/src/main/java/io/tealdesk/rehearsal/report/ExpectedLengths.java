package io.tealdesk.rehearsal.report;

import io.tealdesk.rehearsal.Compression;
import io.tealdesk.rehearsal.plan.DeploymentPlan;
import io.tealdesk.rehearsal.plan.ServiceName;
import io.tealdesk.rehearsal.plan.ServicePlan;
import io.tealdesk.rehearsal.plan.TrafficShift;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** How long the waits of a deployment take; what a program does takes as long as it takes. */
public final class ExpectedLengths {

    private ExpectedLengths() {}

    /** By phase, as {@code backend AllowTraffic}. */
    public static Map<String, Duration> of(DeploymentPlan plan, Compression compression) {
        Map<String, Duration> lengths = new LinkedHashMap<>();
        for (ServiceName name : ServiceName.values()) {
            ServicePlan service = plan.service(name);
            Duration shift = shift(service.shift());
            if (!shift.isZero()) {
                lengths.put(name + " AllowTraffic", compression.of(shift));
            }
            lengths.put(name + " TerminationWait", compression.of(service.terminationWait()));
            lengths.put(name + " Drain", compression.of(service.deregistrationDelay()));
        }
        return lengths;
    }

    private static Duration shift(TrafficShift shift) {
        return switch (shift) {
            case TrafficShift.AllAtOnce() -> Duration.ZERO;
            case TrafficShift.Canary(int _, Duration pause) -> pause;
            case TrafficShift.Linear(int percent, Duration interval) ->
                interval.multipliedBy(Math.ceilDiv(100, percent) - 1L);
        };
    }
}
