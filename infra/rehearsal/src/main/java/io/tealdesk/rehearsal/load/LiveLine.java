package io.tealdesk.rehearsal.load;

import io.tealdesk.rehearsal.load.LiveSummary.Handover;
import io.tealdesk.rehearsal.recording.RequestRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.Map;
import java.util.Set;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * One agent's live connection: server-sent events, a hello first and a goodbye when the task that serves it ends. It is
 * opened again with the last event's id, so that nothing is missed in between.
 */
final class LiveLine {

    private static final String PATH = "/api/v1/live";
    private static final int NOT_FOUND = 404;
    private static final int OK = 200;

    private final LiveConnections lines;
    private final Wire wire;
    private final Person agent;
    private final String address;
    /** Ids are given out one after the other, so that bits take less than numbers. */
    private final BitSet received = new BitSet();

    private @Nullable String lastEventId;
    private @Nullable String release;
    private volatile @Nullable Instant firstHello;
    private @Nullable Instant endedAt;
    private boolean wasAnnounced;

    LiveLine(LiveConnections lines, Wire wire, Person agent, String address) {
        this.lines = lines;
        this.wire = wire;
        this.agent = agent;
        this.address = address;
    }

    /** How a connection ended. */
    enum End {
        /** The task said that it goes. */
        GOODBYE,
        BROKEN,
        /** It was never open. */
        REFUSED
    }

    /** Until the connection ends. */
    End listen() throws InterruptedException {
        Instant intended = wire.now();
        String token = agent.browser().session().token();
        if (token == null) {
            return End.REFUSED;
        }
        Map<String, String> headers = lastEventId == null
                ? Map.of("Accept", "text/event-stream")
                : Map.of("Accept", "text/event-stream", "Last-Event-ID", lastEventId);
        HttpUriRequestBase request =
                wire.request(new Call("live", "GET", PATH, null, headers, Set.of(OK)), address, token, null);
        lines.opens(request);
        try {
            return wire.http().execute(request, response -> read(response, intended));
        } catch (IOException e) {
            record(intended, 0, null, e.getClass().getSimpleName() + ": " + e.getMessage());
            return End.REFUSED;
        } finally {
            lines.closed(request);
        }
    }

    private End read(ClassicHttpResponse response, Instant intended) throws IOException {
        String answeredBy = Wire.header(response, "X-Release");
        if (response.getCode() == NOT_FOUND && lines.mayBeAbsent(answeredBy)) {
            return End.REFUSED;
        }
        if (response.getCode() != OK) {
            record(intended, response.getCode(), answeredBy, "live connection refused");
            return End.REFUSED;
        }
        boolean isOpen = false;
        boolean hasGoodbye = false;
        try (var text =
                new BufferedReader(new InputStreamReader(response.getEntity().getContent(), StandardCharsets.UTF_8))) {
            var event = new ServerSentEvent();
            for (String line; !hasGoodbye && (line = text.readLine()) != null; ) {
                if (!line.isEmpty()) {
                    event.add(line);
                    continue;
                }
                if (event.id() != null) {
                    lastEventId = event.id();
                }
                switch (event.name()) {
                    case "hello" -> {
                        isOpen = true;
                        begins(answeredBy, intended);
                    }
                    // Whoever is told goes at once; what may still come is for nobody.
                    case "goodbye" -> hasGoodbye = true;
                    case "ticket" -> receives(event);
                    default -> {}
                }
                event = new ServerSentEvent();
            }
        } catch (IOException e) {
            // Judged below, as an end without a goodbye is.
        }
        return ended(isOpen, hasGoodbye, intended, answeredBy);
    }

    private void receives(ServerSentEvent event) {
        int id = Json.read(event.data()).path("event").asInt();
        synchronized (received) {
            received.set(id);
        }
    }

    private void begins(@Nullable String answeredBy, Instant intended) {
        Instant now = wire.now();
        record(intended, OK, answeredBy, null);
        if (firstHello == null) {
            firstHello = now;
        }
        Instant gapBegan = endedAt;
        lines.begins(
                gapBegan == null
                        ? null
                        : new Handover(
                                agent.email(),
                                now,
                                release,
                                answeredBy,
                                Duration.between(gapBegan, now),
                                wasAnnounced));
        release = answeredBy;
    }

    private End ended(boolean wasOpen, boolean hasGoodbye, Instant intended, @Nullable String answeredBy) {
        if (!wasOpen) {
            record(intended, OK, answeredBy, "live connection ended before its hello");
            return End.REFUSED;
        }
        lines.ends();
        Instant now = wire.now();
        endedAt = now;
        wasAnnounced = hasGoodbye;
        if (!hasGoodbye) {
            record(now, OK, answeredBy, "live connection broke off without a goodbye");
        }
        return hasGoodbye ? End.GOODBYE : End.BROKEN;
    }

    private void record(Instant intended, int status, @Nullable String answeredBy, @Nullable String failure) {
        if (lines.isStopped()) {
            return;
        }
        wire.record(new RequestRecord(
                "live", 1, intended, intended, Duration.between(intended, wire.now()), status, answeredBy, failure));
    }

    boolean wasOpen() {
        return firstHello != null;
    }

    /** How many of these events, which this agent may all know of, never came. */
    long missed(Map<Integer, Instant> events, Duration margin) {
        Instant begin = firstHello;
        if (begin == null) {
            return 0;
        }
        Instant from = begin.plus(margin);
        synchronized (received) {
            return events.entrySet().stream()
                    .filter(event -> event.getValue().isAfter(from) && !received.get(event.getKey()))
                    .count();
        }
    }
}
