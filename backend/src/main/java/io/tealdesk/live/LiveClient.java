package io.tealdesk.live;

import io.tealdesk.live.LiveStream.Ending;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What one client is told, as server-sent events, and how far that has brought it. The last event of a batch carries the
 * position behind the batch, so a client that comes again gets what it missed and nothing twice; only what was on the
 * wire when a connection broke may come again.
 */
class LiveClient {

    private static final long RETRY_MILLIS = 1000;

    private final OutputStream output;
    private final JsonMapper json;
    private LivePosition reached;
    private LivePosition told;

    private LiveClient(OutputStream output, JsonMapper json, LivePosition position) {
        this.output = output;
        this.json = json;
        this.reached = position;
        this.told = position;
    }

    static LiveClient welcome(
            OutputStream output, JsonMapper json, String release, LivePosition position, boolean isResumed)
            throws IOException {
        var client = new LiveClient(output, json, position);
        client.send("retry: " + RETRY_MILLIS + "\n" + client.event("hello", position, new Hello(release, isResumed)));
        return client;
    }

    /** Leaves out what the client had before, from another task or when it came again. */
    void tell(List<LiveEvent> events, LivePosition position) throws IOException {
        var news = events.stream()
                .filter(event -> !reached.sees(event.transaction()))
                .toList();
        if (position.isAfter(reached)) {
            reached = position;
        }
        if (news.isEmpty()) {
            return;
        }
        var text = new StringBuilder();
        for (int i = 0; i < news.size(); i++) {
            var event = news.get(i);
            text.append(event(
                    "ticket",
                    i == news.size() - 1 ? reached : null,
                    new TicketChanged(event.id(), event.ticketNumber(), event.change(), event.messageId())));
        }
        told = reached;
        send(text.toString());
    }

    /** No part of the position: whoever comes again asks who is there by then. */
    void tellPresence(List<TicketPresence> tickets) throws IOException {
        var text = new StringBuilder();
        for (var ticket : tickets) {
            text.append(event("presence", null, ticket));
        }
        send(text.toString());
    }

    /** No part of the position either: whoever comes again asks for all of their drafts. */
    void tellDraft(DraftChange change) throws IOException {
        send(event("draft", null, new DraftChanged(change.ticket(), change.draft(), change.version())));
    }

    /** Keeps the connection from looking idle, and the client's position from growing old. */
    void beat(@Nullable LivePosition position) throws IOException {
        if (position != null && position.isAfter(reached)) {
            reached = position;
        }
        send(reached.isAfter(told) ? ":\nid: " + reached + "\n\n" : ":\n\n");
        told = reached;
    }

    void bid(Ending ending) throws IOException {
        switch (ending) {
            case RELEASE, RENEWAL -> send(event("goodbye", reached, new Goodbye(ending)));
            case SILENT -> {}
        }
    }

    private String event(String name, @Nullable LivePosition id, Object data) {
        return "event: " + name + (id == null ? "" : "\nid: " + id) + "\ndata: " + json.writeValueAsString(data)
                + "\n\n";
    }

    private void send(String text) throws IOException {
        output.write(text.getBytes(StandardCharsets.UTF_8));
        output.flush();
    }

    /** @param resumed whether what happened since the client's last event follows; if not, its page may be stale */
    private record Hello(String release, boolean resumed) {}

    /**
     * @param event an id that never comes twice but for the same event
     * @param change a kind of the ticket's history or of message
     */
    private record TicketChanged(
            long event,
            long ticket,
            String change,
            @Nullable Long message) {}

    private record DraftChanged(
            long ticket, String draft, @Nullable Long version) {}

    private record Goodbye(Ending reason) {}
}
