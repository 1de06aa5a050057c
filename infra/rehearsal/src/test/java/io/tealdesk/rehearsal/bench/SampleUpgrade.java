package io.tealdesk.rehearsal.bench;

import io.tealdesk.rehearsal.recording.RequestRecord;
import io.tealdesk.rehearsal.releases.Release;
import io.tealdesk.rehearsal.releases.Releases;
import io.tealdesk.rehearsal.schema.HeldLock;
import io.tealdesk.rehearsal.schema.TableWatch;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A migration of a hundred seconds after another hundred, which nobody noticed; a test adds what somebody did. */
final class SampleUpgrade {

    static final Instant BEGIN = Instant.parse("2026-11-30T09:00:00Z");

    private final List<HeldLock> locks = new ArrayList<>();
    private final List<HeldLock> locksWhileFilling = new ArrayList<>();
    private final List<SteadyWork.Done> done = new ArrayList<>();
    private final List<RequestRecord> requests = new ArrayList<>();
    int lostReplies;
    List<String> logged = List.of();

    @Nullable String unmigrated;

    SampleUpgrade() {
        lock("message", Duration.ofMillis(20));
        done("list", 10, Duration.ofMillis(20), null);
        done("reply", 99, Duration.ofMillis(70), null);
        done("list", 150, Duration.ofMillis(40), null);
        for (int number = 0; number < 4; number++) {
            request(null);
        }
    }

    void lock(String table, Duration duration) {
        locks.add(held(table, duration));
    }

    void lockWhileFilling(String table, Duration duration) {
        locksWhileFilling.add(held(table, duration));
    }

    private static HeldLock held(String table, Duration duration) {
        String statement = "create trigger slow after insert on " + table;
        return new HeldLock(table, "ShareRowExclusiveLock", duration, List.of(statement), statement);
    }

    void done(String operation, int second, Duration took, @Nullable String failure) {
        done.add(new SteadyWork.Done(operation, BEGIN.plusSeconds(second), took, failure));
    }

    void request(@Nullable String failure) {
        Instant at = BEGIN.plusSeconds(110);
        requests.add(
                new RequestRecord("get", 1, at, at, Duration.ofMillis(9), failure == null ? 200 : 503, "old", failure));
    }

    UpgradeFindings findings() {
        Map<String, Duration> filled = new LinkedHashMap<>();
        filled.put("reports are counted", Duration.ofMillis(4_200));
        filled.put("the search index is filled", Duration.ofSeconds(61));
        return new UpgradeFindings(
                "18.1",
                1_000_000,
                6_000_000,
                Duration.ofMinutes(5),
                8L * 1024 * 1024 * 1024,
                12L * 1024 * 1024 * 1024,
                List.of(
                        new UpgradeStage("before", BEGIN, BEGIN.plusSeconds(100)),
                        new UpgradeStage("during the migration", BEGIN.plusSeconds(100), BEGIN.plusSeconds(200))),
                List.of("message", "ticket"),
                unmigrated,
                1,
                List.of(new UpgradeFindings.Applied("V1__search_index.sql", Duration.ofMillis(12_345))),
                new TableWatch.Seen(locks, Map.of("message", Duration.ofMillis(35), "ticket", Duration.ofMillis(7))),
                new TableWatch.Seen(locksWhileFilling, Map.of()),
                filled,
                List.copyOf(done),
                List.copyOf(requests),
                lostReplies,
                logged);
    }

    static UpgradeSettings settings() {
        Path here = Path.of(".");
        Release.Files files = new Release.Files(here, here, here);
        return new UpgradeSettings(
                here,
                here,
                new Releases.Pair(new Release("old", "940dd3138b5a", files), new Release("new", "working tree", files)),
                1_000_000,
                1,
                20,
                Duration.ofMinutes(1));
    }
}
