package io.tealdesk.live;

import io.tealdesk.live.LiveStream.Drafted;
import io.tealdesk.live.LiveStream.Ending;
import io.tealdesk.live.LiveStream.Happened;
import io.tealdesk.live.LiveStream.Present;
import io.tealdesk.shared.DeskProperties;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes one client's stream until it ends. */
@Component
class LiveFeed {

    private static final Logger log = LoggerFactory.getLogger(LiveFeed.class);

    private final LiveStreams streams;
    private final LiveEvents events;
    private final LiveProperties properties;
    private final DeskProperties desk;
    private final JsonMapper json;

    LiveFeed(LiveStreams streams, LiveEvents events, LiveProperties properties, DeskProperties desk, JsonMapper json) {
        this.streams = streams;
        this.events = events;
        this.properties = properties;
        this.desk = desk;
        this.json = json;
    }

    /** @param begun the stream has been given everything behind this */
    void run(
            LiveStream stream, LivePosition begun, @Nullable String lastEventId, Duration lifetime, OutputStream output)
            throws InterruptedException {
        var end = System.nanoTime() + lifetime.toNanos();
        try {
            var client = welcomed(stream, begun, lastEventId, output);
            while (true) {
                // Asked before the stream is found empty: then the client has everything up to there.
                var position = streams.position();
                var millisLeft = Math.max(0, (end - System.nanoTime()) / 1_000_000);
                var step =
                        stream.next(Math.min(millisLeft, properties.heartbeat().toMillis()));
                if (step instanceof Happened happened) {
                    client.tell(happened.events(), happened.reached());
                } else if (step instanceof Present present) {
                    client.tellPresence(present.tickets());
                } else if (step instanceof Drafted drafted) {
                    client.tellDraft(drafted.change());
                } else if (step instanceof Ending ending) {
                    client.bid(ending);
                    return;
                } else if (millisLeft > 0) {
                    client.beat(position);
                } else {
                    client.bid(streams.endingByTime());
                    return;
                }
            }
        } catch (IOException e) {
            log.debug("A client of live events is gone: {}", e.toString());
        }
    }

    private LiveClient welcomed(
            LiveStream stream, LivePosition begun, @Nullable String lastEventId, OutputStream output)
            throws IOException {
        var last = LivePosition.parse(lastEventId).orElse(null);
        var missed = last == null ? null : events.resume(last).orElse(null);
        if (last == null || missed == null) {
            return LiveClient.welcome(output, json, desk.release(), begun, false);
        }
        var client = LiveClient.welcome(output, json, desk.release(), last, true);
        client.tell(
                missed.events().stream()
                        .filter(event -> event.isFor(stream.viewer()))
                        .toList(),
                missed.reached());
        return client;
    }
}
