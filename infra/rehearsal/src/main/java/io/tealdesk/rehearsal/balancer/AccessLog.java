package io.tealdesk.rehearsal.balancer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads the access log as it grows, and knows from its begins and ends what is under way at each target. */
final class AccessLog implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(20);

    private final JsonMapper json = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();
    private final FileChannel file;
    private final Consumer<AccessEntry> ended;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();
    private final Map<String, Set<String>> underWay = new HashMap<>();
    private final Map<String, String> targets = new HashMap<>();
    private final Set<String> marks = new HashSet<>();
    private final Thread reader;
    private volatile boolean closed;

    AccessLog(Path path, Consumer<AccessEntry> ended) throws IOException {
        this.file =
                FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        this.ended = ended;
        this.reader = Thread.ofVirtual().name("access-log").start(this::follow);
    }

    private void follow() {
        while (!closed) {
            readOn();
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException told) {
                return;
            }
        }
    }

    /** Reads what has been written until now. */
    void readOn() {
        lock.lock();
        try {
            while (file.isOpen() && file.read(buffer) > 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    byte next = buffer.get();
                    if (next == '\n') {
                        take(json.readValue(line.toString(StandardCharsets.UTF_8), AccessEntry.class));
                        line.reset();
                    } else {
                        line.write(next);
                    }
                }
                buffer.clear();
            }
            progress.signalAll();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } finally {
            lock.unlock();
        }
    }

    private void take(AccessEntry entry) {
        switch (entry.kind()) {
            case "begun" -> {
                String target = String.valueOf(entry.target());
                targets.put(entry.id(), target);
                underWay.computeIfAbsent(target, _ -> new HashSet<>()).add(entry.id());
            }
            case "ended" -> {
                String target = targets.remove(entry.id());
                if (target != null) {
                    underWay.getOrDefault(target, new HashSet<>()).remove(entry.id());
                }
                ended.accept(entry);
            }
            default -> marks.add(entry.id());
        }
    }

    int underWay(String target) {
        lock.lock();
        try {
            return underWay.getOrDefault(target, Set.of()).size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the log has reached a mark and a target has nothing under way.
     *
     * @return how many requests are under way when the time is over, at best 0
     */
    int awaitIdle(String target, String mark, Duration limit) throws InterruptedException {
        long nanos = limit.toNanos();
        lock.lock();
        try {
            while (nanos > 0 && !(marks.contains(mark) && underWay(target) == 0)) {
                nanos = progress.awaitNanos(nanos);
            }
            return underWay(target);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the log has reached a mark. */
    void await(String mark, Duration limit) throws InterruptedException {
        long nanos = limit.toNanos();
        lock.lock();
        try {
            readOn();
            while (nanos > 0 && !marks.remove(mark)) {
                nanos = progress.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            reader.join(TimeUnit.SECONDS.toMillis(1));
            file.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
