package io.tealdesk.rehearsal.report;

import io.tealdesk.rehearsal.recording.Event;
import io.tealdesk.rehearsal.recording.Phase;
import io.tealdesk.rehearsal.recording.RequestRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is worth knowing at this moment; added to from any thread. */
final class LiveFigures {

    static final Duration RECENT = Duration.ofSeconds(5);
    private static final int EVENTS_KEPT = 6;
    /** As the load balancer tells of it; the test listener's name stands before its own. */
    private static final Pattern PRODUCTION = Pattern.compile("blue \\d+ %, green (\\d+ %)");

    private final Deque<RequestRecord> recent = new ArrayDeque<>();
    private final Deque<Event> events = new ArrayDeque<>();
    private final Map<String, String> traffic = new TreeMap<>();
    private @Nullable Instant first;
    private long sent;
    private long failed;
    private long repeated;
    private @Nullable Phase phase;

    synchronized void add(RequestRecord request) {
        sent++;
        first = first == null ? request.sent() : first;
        failed += request.failed() ? 1 : 0;
        repeated += request.attempt() > 1 ? 1 : 0;
        recent.addLast(request);
    }

    synchronized void add(Event event) {
        events.addLast(event);
        if (events.size() > EVENTS_KEPT) {
            events.removeFirst();
        }
        String subject = event.subject();
        Matcher weights = PRODUCTION.matcher(event.text());
        if (event.kind() == Event.Kind.TRAFFIC && subject != null && weights.matches()) {
            traffic.put(subject, weights.group(1) + " to green");
        }
    }

    synchronized void begin(Phase begun) {
        phase = begun;
    }

    synchronized Moment at(Instant now) {
        Instant from = now.minus(RECENT);
        recent.removeIf(request -> request.sent().plus(request.latency()).isBefore(from));
        Map<String, Long> byRelease = recent.stream()
                .collect(Collectors.groupingBy(
                        request -> Objects.requireNonNullElse(request.release(), Verdict.NOBODY),
                        TreeMap::new,
                        Collectors.counting()));
        return new Moment(
                now,
                phase,
                sent,
                failed,
                repeated,
                rate(now),
                byRelease,
                Latencies.of(recent.stream().map(RequestRecord::latency).toList()),
                Map.copyOf(traffic),
                List.copyOf(events));
    }

    /** In the first seconds there are not yet as many as are looked back at. */
    private double rate(Instant now) {
        Instant begun = first;
        if (begun == null) {
            return 0;
        }
        long millis = Math.clamp(Duration.between(begun, now).toMillis(), 1000, RECENT.toMillis());
        return recent.size() * 1000.0 / millis;
    }

    /**
     * A look at it.
     *
     * @param rate requests per second of late
     * @param byRelease requests of late
     * @param latencies of late
     * @param traffic by service, as {@code 10 % to green}
     */
    record Moment(
            Instant now,
            @Nullable Phase phase,
            long sent,
            long failed,
            long repeated,
            double rate,
            Map<String, Long> byRelease,
            Latencies latencies,
            Map<String, String> traffic,
            List<Event> events) {}
}
