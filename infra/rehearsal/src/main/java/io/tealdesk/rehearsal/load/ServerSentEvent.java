package io.tealdesk.rehearsal.load;

import org.jspecify.annotations.Nullable;

/** One event of a stream, line by line as it comes. */
final class ServerSentEvent {

    private String name = "";
    private String data = "";
    private @Nullable String id;

    void add(String line) {
        int colon = line.indexOf(':');
        if (colon <= 0) {
            // A comment, which keeps the connection from looking idle.
            return;
        }
        String value = line.substring(colon + 1).replaceFirst("^ ", "");
        switch (line.substring(0, colon)) {
            case "event" -> name = value;
            case "data" -> data = data.isEmpty() ? value : data + '\n' + value;
            case "id" -> id = value;
            default -> {}
        }
    }

    String name() {
        return name;
    }

    String data() {
        return data;
    }

    @Nullable String id() {
        return id;
    }
}
