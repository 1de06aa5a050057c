package io.tealdesk.rehearsal.report;

import io.tealdesk.rehearsal.recording.Phase;
import io.tealdesk.rehearsal.recording.RequestRecord;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** One kind of request, or all of them. */
public record OperationFigures(String name, Counts counts, Map<Phase.Group, Latencies> latencies) {

    static OperationFigures of(String name, List<RequestRecord> requests, PhaseTimes phases) {
        Map<Phase.Group, Latencies> latencies = new EnumMap<>(Phase.Group.class);
        for (Phase.Group group : Phase.Group.values()) {
            List<Duration> durations = requests.stream()
                    .filter(request -> phases.groupAt(request.intended()) == group)
                    .map(RequestRecord::latency)
                    .toList();
            latencies.put(group, Latencies.of(durations));
        }
        return new OperationFigures(name, Counts.of(requests), latencies);
    }

    public Latencies latencies(Phase.Group group) {
        return latencies.getOrDefault(group, Latencies.of(List.of()));
    }

    /** The p99 while traffic shifts over the p99 before; empty when one of them has no request. */
    public OptionalDouble p99Ratio() {
        Latencies before = latencies(Phase.Group.BEFORE);
        Latencies shift = latencies(Phase.Group.SHIFT);
        if (before.count() == 0 || shift.count() == 0 || before.p99().isZero()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(shift.p99().toNanos() / (double) before.p99().toNanos());
    }
}
