package io.tealdesk.live;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How far a reader has come: a snapshot of PostgreSQL (which transactions were over) and when it was taken. It sees the
 * events of exactly those transactions, whatever their ids, so between two positions nothing is missed or doubled. All
 * snapshots of one database follow each other, each seeing what those before it saw. As text it is an event's {@code id}.
 *
 * @param takenAt in seconds since 1970
 * @param oldestOpen every transaction before it was over
 * @param next no transaction from here on had begun
 * @param open what was under way between the two, in order
 */
record LivePosition(long takenAt, long oldestOpen, long next, List<Long> open) {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,12})-(\\d{1,18}):(\\d{1,18}):([\\d,]*)");
    private static final Pattern TRANSACTION = Pattern.compile("\\d{1,18}");
    private static final int TEXT_MAX = 4_000;

    /** @param snapshot as PostgreSQL writes a {@code pg_snapshot} */
    static LivePosition of(long takenAt, String snapshot) {
        return read(takenAt + "-" + snapshot).orElseThrow(() -> new IllegalArgumentException(snapshot));
    }

    /** Empty for what no position looks like; the text comes from a client. */
    static Optional<LivePosition> parse(@Nullable String text) {
        return text == null || text.length() > TEXT_MAX ? Optional.empty() : read(text);
    }

    private static Optional<LivePosition> read(String text) {
        var parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        var open = parts.group(4).isEmpty()
                ? List.<String>of()
                : List.of(parts.group(4).split(",", -1));
        if (!open.stream().allMatch(TRANSACTION.asMatchPredicate())) {
            return Optional.empty();
        }
        var position = new LivePosition(
                Long.parseLong(parts.group(1)),
                Long.parseLong(parts.group(2)),
                Long.parseLong(parts.group(3)),
                open.stream().map(Long::valueOf).toList());
        return position.isConsistent() ? Optional.of(position) : Optional.empty();
    }

    private boolean isConsistent() {
        var last = oldestOpen - 1;
        for (long transaction : open) {
            if (transaction <= last || transaction >= next) {
                return false;
            }
            last = transaction;
        }
        return oldestOpen > 0 && oldestOpen <= next;
    }

    boolean sees(long transaction) {
        return transaction < oldestOpen || (transaction < next && Collections.binarySearch(open, transaction) < 0);
    }

    /** What was under way can only become less until something new begins. */
    boolean isAfter(LivePosition other) {
        return next == other.next ? open.size() < other.open.size() : next > other.next;
    }

    boolean isOlderThan(Duration age, Instant now) {
        return Instant.ofEpochSecond(takenAt).plus(age).isBefore(now);
    }

    String snapshot() {
        return oldestOpen + ":" + next + ":"
                + open.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    @Override
    public String toString() {
        return takenAt + "-" + snapshot();
    }
}
