package io.tealdesk.rehearsal.bench;

import io.tealdesk.rehearsal.recording.RequestRecord;
import io.tealdesk.rehearsal.schema.HeldLock;
import io.tealdesk.rehearsal.schema.SchemaGate;
import io.tealdesk.rehearsal.schema.TableWatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that was seen while a full desk was brought to its next release.
 *
 * @param vacuumed tables that an autovacuum was at when the migration began
 * @param unmigrated why {@code migrate} failed; null when it did not
 * @param retries how often {@code migrate} gave up waiting for a lock and came again
 * @param migrations that the next release brought
 * @param migrating tables during the migration
 * @param filling tables while the next release filled what is new
 * @param filled after how long which of it was there
 * @param done what agents did, the warm-up too
 * @param requests that they made for it, those that renew a session too
 * @param lostReplies acknowledged and not there at the end
 * @param logged errors in the old release's log
 */
record UpgradeFindings(
        String server,
        int tickets,
        long messages,
        Duration loading,
        long bytesBefore,
        long bytesAfter,
        List<UpgradeStage> stages,
        List<String> vacuumed,
        @Nullable String unmigrated,
        int retries,
        List<Applied> migrations,
        TableWatch.Seen migrating,
        TableWatch.Seen filling,
        Map<String, Duration> filled,
        List<SteadyWork.Done> done,
        List<RequestRecord> requests,
        int lostReplies,
        List<String> logged) {

    private static final int NAMED_MAX = 10;

    /** A migration and what it took. */
    record Applied(String script, Duration took) {}

    /** Why the old release did not survive it, a sentence each; none when it did. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (unmigrated != null) {
            problems.add("The migration failed: " + unmigrated);
        }
        long failed = requests.stream().filter(RequestRecord::failed).count();
        if (failed > 0) {
            problems.add("%d of %d requests failed".formatted(failed, requests.size()));
        }
        failures().forEach(failure -> problems.add("Not answered as asked: " + failure));
        for (TableWatch.Seen seen : List.of(migrating, filling)) {
            for (HeldLock lock : seen.longest()) {
                if (lock.duration().compareTo(SchemaGate.SHUT_OUT_MAX) > 0) {
                    problems.add("A lock on table %s of %.1f s (%s): %s, during “%s”"
                            .formatted(
                                    lock.table(),
                                    lock.duration().toMillis() / 1e3,
                                    lock.mode(),
                                    lock.shutsOut(),
                                    lock.statement()));
                }
            }
        }
        if (lostReplies > 0) {
            problems.add(lostReplies + " replies were acknowledged and are not there");
        }
        logged.forEach(line -> problems.add("The old release logged an error: " + line));
        return problems;
    }

    private List<String> failures() {
        return done.stream()
                .map(SteadyWork.Done::failure)
                .filter(Objects::nonNull)
                .distinct()
                .limit(NAMED_MAX)
                .toList();
    }

    List<RequestRecord> requests(UpgradeStage stage) {
        return requests.stream().filter(each -> stage.has(each.sent())).toList();
    }

    /** What was done in a stage as planned; of all kinds for an empty name. */
    Latencies latencies(UpgradeStage stage, String operation) {
        return Latencies.ofNanos(List.of(done.stream()
                .filter(each -> each.failure() == null && stage.has(each.planned()))
                .filter(each -> operation.isEmpty() || each.operation().equals(operation))
                .mapToLong(each -> each.took().toNanos())
                .toArray()));
    }

    List<String> operations() {
        return done.stream().map(SteadyWork.Done::operation).distinct().sorted().toList();
    }

    /** From the first stage to the end of the last. */
    Duration length() {
        Instant from = stages.getFirst().from();
        return Duration.between(from, stages.getLast().to());
    }
}
