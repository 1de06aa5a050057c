package io.tealdesk.rehearsal.schema;

import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Locks that people would notice, in words. */
final class ShutOut {

    private ShutOut() {}

    /** One for each table: the longest of those that are too long. */
    static List<HeldLock> worst(List<HeldLock> locks, Duration max) {
        return longest(locks).stream()
                .filter(lock -> lock.duration().compareTo(max) > 0)
                .toList();
    }

    /** One for each table. */
    static List<HeldLock> longest(List<HeldLock> locks) {
        Map<String, HeldLock> longest = new LinkedHashMap<>();
        locks.stream()
                .sorted(Comparator.comparing(HeldLock::duration).reversed())
                .forEach(lock -> longest.putIfAbsent(lock.table(), lock));
        return List.copyOf(longest.values());
    }

    static String sentence(HeldLock lock, MigrationRecord record, Map<String, Duration> waits) {
        Duration waited = waits.getOrDefault(lock.table(), Duration.ZERO);
        return "%s shuts people out of table %s for %s (%s): %s%s"
                .formatted(
                        named(lock, record),
                        lock.table(),
                        seconds(lock.duration()),
                        lock.mode(),
                        lock.shutsOut(),
                        waited.compareTo(Duration.ofMillis(500)) > 0 ? ", a probe waited " + seconds(waited) : "");
    }

    /** The statement that takes the lock; it may have ended before anybody looked, but it names the table. */
    private static String named(HeldLock lock, MigrationRecord record) {
        List<MigrationStatement> all = record.failed().isEmpty() ? record.applied() : record.failed();
        int first = -1;
        for (int i = 0; i < all.size() && first < 0; i++) {
            // pg_stat_activity keeps the beginning of a long statement.
            if (all.get(i).sql().startsWith(lock.during().getFirst())) {
                first = i;
            }
        }
        for (int i = first; i >= 0 && all.get(i).script().equals(all.get(first).script()); i--) {
            if (all.get(i).mentions(lock.table())) {
                return all.get(i).named();
            }
        }
        return first < 0
                ? "a migration’s “" + MigrationStatement.shortened(lock.longest()) + "”"
                : all.get(first).named();
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
