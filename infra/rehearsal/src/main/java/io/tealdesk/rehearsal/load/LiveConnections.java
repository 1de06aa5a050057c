package io.tealdesk.rehearsal.load;

import io.tealdesk.rehearsal.load.LiveSummary.Handover;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.jspecify.annotations.Nullable;

/** Holds one live connection for each agent, and opens it again wherever it ends, as their open pages would. */
final class LiveConnections {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(4);
    /** Between what happens and its arrival, and between this clock and the database's. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private final Wire wire;
    private final List<Person> agents;
    private final Consumer<String> news;
    private final List<LiveLine> lines = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Set<HttpUriRequestBase> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger held = new AtomicInteger();
    private final Queue<Handover> handovers = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean isAbsenceTold = new AtomicBoolean();
    private volatile @Nullable String absence;
    private volatile boolean isStopped;
    private volatile @Nullable Instant stoppedAt;
    private volatile int heldAtLast;
    private volatile long missed;

    LiveConnections(Wire wire, List<Person> agents, Consumer<String> news) {
        this.wire = wire;
        this.agents = agents;
        this.news = news;
    }

    void start() {
        for (int index = 0; index < agents.size(); index++) {
            var line = new LiveLine(this, wire, agents.get(index), Cast.address(index));
            lines.add(line);
            threads.add(Thread.ofVirtual().name("live").start(() -> hold(line)));
        }
    }

    void stop() {
        if (stoppedAt == null) {
            stoppedAt = wire.now();
        }
        heldAtLast = isStopped ? heldAtLast : held.get();
        isStopped = true;
        threads.forEach(Thread::interrupt);
        open.forEach(HttpUriRequestBase::cancel);
    }

    LiveSummary summary() {
        return new LiveSummary(isStopped ? heldAtLast : held.get(), List.copyOf(handovers), missed, absence);
    }

    /**
     * Holds what came over the connections against what happened; to be asked after {@link #stop}.
     *
     * @param events by id, when each happened
     */
    void check(Map<Integer, Instant> events) {
        missed = lines.stream().mapToLong(line -> line.missed(events, MARGIN)).sum();
    }

    /** Until when everything that happened must have arrived. */
    @Nullable Instant surelyToldUntil() {
        return stoppedAt == null ? null : stoppedAt.minus(MARGIN);
    }

    /** As an open page does it: back at once after a goodbye, else again and again, more and more slowly. */
    private void hold(LiveLine line) {
        Duration pause = FIRST_PAUSE;
        try {
            while (!isStopped) {
                switch (line.listen()) {
                    case GOODBYE -> pause = FIRST_PAUSE;
                    case BROKEN -> {
                        pause = FIRST_PAUSE;
                        Thread.sleep(pause);
                    }
                    case REFUSED -> {
                        Thread.sleep(pause);
                        pause = pause.compareTo(PAUSE_MAX) < 0 ? pause.multipliedBy(2) : PAUSE_MAX;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isStopped() {
        return isStopped;
    }

    void opens(HttpUriRequestBase request) {
        open.add(request);
    }

    void closed(HttpUriRequestBase request) {
        open.remove(request);
    }

    void begins(@Nullable Handover handover) {
        held.incrementAndGet();
        if (handover != null) {
            handovers.add(handover);
        }
    }

    void ends() {
        held.decrementAndGet();
    }

    /**
     * A release from before there were live connections answers 404, and goes on doing so while it still gets some of
     * the requests; pages fall back to asking again and again.
     */
    boolean mayBeAbsent(@Nullable String release) {
        if (absence == null && lines.stream().anyMatch(LiveLine::wasOpen)) {
            return false;
        }
        absence = "the release %s has none".formatted(release);
        if (isAbsenceTold.compareAndSet(false, true)) {
            news.accept("No live connections: " + absence);
        }
        return true;
    }
}
