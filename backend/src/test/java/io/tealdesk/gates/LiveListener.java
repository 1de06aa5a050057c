package io.tealdesk.gates;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Reads one live stream to its end, on a thread of its own. */
class LiveListener implements AutoCloseable {

    private final Stream<String> stream;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread thread;

    private LiveListener(Stream<String> stream) {
        this.stream = stream;
        thread = Thread.ofVirtual().start(() -> stream.forEach(lines::add));
    }

    static LiveListener on(RunningDesk desk, String accessToken, String lastEventId) throws IOException {
        return new LiveListener(desk.listen(accessToken, lastEventId));
    }

    /** Names and data of the events, in the order they came. */
    List<String> lines() {
        return lines.stream().filter(line -> line.matches("(event|data): .*")).toList();
    }

    String lastEventId() {
        return lines.stream()
                .filter(line -> line.startsWith("id: "))
                .reduce((first, second) -> second)
                .orElseThrow()
                .substring("id: ".length());
    }

    boolean hasEnded() {
        return !thread.isAlive();
    }

    @Override
    public void close() {
        stream.close();
    }
}
