package io.tealdesk.live;

import static org.awaitility.Awaitility.await;

import io.tealdesk.identity.Viewer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the stream behind the controller, as HTTP would serve it. */
class ListeningClient implements AutoCloseable {

    private final LiveStream stream;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final Thread thread;

    ListeningClient(
            LiveStreams streams, LiveFeed feed, Viewer viewer, @Nullable String lastEventId, Duration lifetime) {
        stream = new LiveStream(viewer);
        await().until(() -> streams.position() != null);
        var begun = Objects.requireNonNull(streams.add(stream));
        thread = Thread.ofVirtual().start(() -> {
            try {
                feed.run(stream, begun, lastEventId, lifetime, received);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                streams.remove(stream);
            }
        });
        await().until(() -> !events("hello").isEmpty());
    }

    String text() {
        return received.toString(StandardCharsets.UTF_8);
    }

    List<Event> events() {
        var text = text();
        return Arrays.stream(text.substring(0, text.lastIndexOf("\n\n") + 1).split("\n\n"))
                .map(Event::of)
                .toList();
    }

    List<JsonNode> events(String name) {
        return text().isEmpty()
                ? List.of()
                : events().stream()
                        .filter(event -> event.name.equals(name))
                        .map(event -> JsonMapper.shared().readTree(event.data))
                        .toList();
    }

    /** What a browser would send when it comes again. */
    String lastEventId() {
        return events().stream()
                .map(Event::id)
                .filter(id -> !id.isEmpty())
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    boolean isEnded() {
        return !thread.isAlive();
    }

    @Override
    public void close() {
        stream.end(LiveStream.Ending.SILENT);
        await().until(this::isEnded);
    }

    record Event(String name, String id, String data) {

        static Event of(String block) {
            return new Event(field(block, "event"), field(block, "id"), field(block, "data"));
        }

        private static String field(String block, String name) {
            return block.lines()
                    .filter(line -> line.startsWith(name + ": "))
                    .map(line -> line.substring(name.length() + 2))
                    .findFirst()
                    .orElse("");
        }
    }
}
