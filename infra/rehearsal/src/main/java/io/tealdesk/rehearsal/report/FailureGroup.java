package io.tealdesk.rehearsal.report;

import io.tealdesk.rehearsal.recording.Phase;
import io.tealdesk.rehearsal.recording.RequestRecord;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Attempts that failed alike.
 *
 * @param phase in which the first of them was sent, as {@code backend AllowTraffic}; null outside of all
 */
public record FailureGroup(
        String operation,
        String failure,
        @Nullable String phase,
        @Nullable String release,
        long count,
        Instant first) {

    static List<FailureGroup> of(List<RequestRecord> requests, PhaseTimes phases) {
        Map<List<@Nullable Object>, FailureGroup> groups = new LinkedHashMap<>();
        requests.stream()
                .filter(RequestRecord::failed)
                .sorted(Comparator.comparing(RequestRecord::sent))
                .forEach(request -> {
                    FailureGroup one = one(request, phases.at(request.sent()));
                    groups.merge(
                            Arrays.asList(one.operation, one.failure, one.phase, one.release),
                            one,
                            (before, _) -> before.oneMore());
                });
        return List.copyOf(groups.values());
    }

    private static FailureGroup one(RequestRecord request, @Nullable Phase phase) {
        String named = phase == null ? null : (phase.service() == null ? "" : phase.service() + " ") + phase.name();
        return new FailureGroup(
                request.operation(),
                Objects.requireNonNullElse(request.failure(), ""),
                named,
                request.release(),
                1,
                request.sent());
    }

    private FailureGroup oneMore() {
        return new FailureGroup(operation, failure, phase, release, count + 1, first);
    }
}
