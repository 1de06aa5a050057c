package io.tealdesk.live;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tealdesk.identity.Viewers;
import io.tealdesk.live.LiveEvents.News;
import io.tealdesk.live.LiveStream.Ending;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The open streams of this task. When it is told to stop, all are told to go elsewhere, one after the other, while it
 * still answers; a stream that begins after that is served too, and told so a second later: a refusal would be a failed
 * request, and an answer without a pause would make clients turn in circles as long as the load balancer sends them here.
 */
@Component
class LiveStreams implements SmartLifecycle {

    /** More browser tabs than anybody looks at. */
    static final int STREAMS_OF_A_SESSION_MAX = 30;

    private static final Duration LATECOMERS_STAY = Duration.ofSeconds(1);
    private static final Logger log = LoggerFactory.getLogger(LiveStreams.class);

    private final Viewers viewers;
    private final LiveProperties properties;
    private final Set<LiveStream> open = ConcurrentHashMap.newKeySet();
    private volatile @Nullable LivePosition position;
    private volatile boolean isRunning;
    private volatile boolean isStopping;

    LiveStreams(Viewers viewers, LiveProperties properties, MeterRegistry meters) {
        this.viewers = viewers;
        this.properties = properties;
        Gauge.builder("tealdesk.live.streams", open, Set::size)
                .description("Live streams that are open on this task")
                .register(meters);
    }

    /** Adds a stream, which gets all that happens behind the position returned; null while there is none yet. */
    synchronized @Nullable LivePosition add(LiveStream stream) {
        var sessionId = stream.viewer().sessionId();
        if (open.stream()
                        .filter(other -> other.viewer().sessionId().equals(sessionId))
                        .count()
                >= STREAMS_OF_A_SESSION_MAX) {
            throw LiveProblem.tooManyStreams();
        }
        if (position != null) {
            open.add(stream);
        }
        return position;
    }

    void remove(LiveStream stream) {
        open.remove(stream);
    }

    /** Whatever happened up to here has been put into each stream. */
    @Nullable LivePosition position() {
        return position;
    }

    /** How long a stream that begins now may last; not all alike, or the streams of a release would come again as one. */
    Duration lifetime() {
        return isStopping
                ? LATECOMERS_STAY
                : properties
                        .streamLifetime()
                        .multipliedBy(90 + (int) (Math.random() * 10))
                        .dividedBy(100);
    }

    Ending endingByTime() {
        return isStopping ? Ending.RELEASE : Ending.RENEWAL;
    }

    synchronized void startAt(LivePosition now) {
        position = now;
    }

    /** Gives each stream what its viewer may know, as of now: roles, teams and sessions change while a stream lasts. */
    void deliver(News news) {
        if (!news.events().isEmpty()) {
            refreshViewers();
        }
        synchronized (this) {
            if (news.isTooMuch()) {
                open.forEach(stream -> stream.end(Ending.SILENT));
            } else if (!news.events().isEmpty()) {
                open.forEach(stream -> stream.offer(news));
            }
            position = news.reached();
        }
    }

    /** Tells those who may see the tickets. */
    void deliverPresence(List<PresenceChange> changes) {
        if (!changes.isEmpty()) {
            refreshViewers();
            open.forEach(stream -> stream.offerPresence(changes));
        }
    }

    void deliverDraft(DraftChange change) {
        open.forEach(stream -> stream.offerDraft(change));
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    void refreshViewers() {
        var asked = List.copyOf(open);
        if (asked.isEmpty()) {
            return;
        }
        var current = viewers.ofSessions(
                asked.stream().map(stream -> stream.viewer().sessionId()).collect(Collectors.toSet()));
        for (var stream : asked) {
            var viewer = current.get(stream.viewer().sessionId());
            if (viewer == null || !viewer.isStaff()) {
                stream.end(Ending.SILENT);
            } else {
                stream.becomes(viewer);
            }
        }
    }

    @Override
    public void start() {
        isStopping = false;
        isRunning = true;
    }

    /** On a thread of its own: what stops in the same phase, the delay of the shutdown among it, need not wait. */
    @Override
    public void stop(Runnable done) {
        isStopping = true;
        Thread.ofVirtual().name("live-farewell").start(() -> {
            stop();
            done.run();
        });
    }

    @Override
    public void stop() {
        isStopping = true;
        isRunning = false;
        var all = List.copyOf(open);
        if (all.isEmpty()) {
            return;
        }
        log.info("Telling {} live streams to go elsewhere", all.size());
        try {
            for (var stream : all) {
                stream.end(Ending.RELEASE);
                Thread.sleep(properties.farewell().dividedBy(all.size()));
            }
        } catch (InterruptedException e) {
            all.forEach(stream -> stream.end(Ending.RELEASE));
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }

    /** First of all, together with the delay of the shutdown. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }
}
