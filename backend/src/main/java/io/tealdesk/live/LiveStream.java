package io.tealdesk.live;

import io.tealdesk.identity.Viewer;
import io.tealdesk.live.LiveEvents.News;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be written to one client. The reader puts in and never waits; the client's own thread takes out. Where a
 * client is too slow its stream ends, and it comes again with the id of what it saw last: memory stays bounded, and
 * nothing is lost.
 */
class LiveStream {

    private static final int WAITING_MAX = 256;
    /** As many as a client can load at once. */
    private static final int PRESENCES_WAITING_MAX = Presences.LISTED_MAX;

    /** Says in its place that there are presences to take. */
    private static final Present SOMEBODY = new Present(List.of());

    private final Map<Long, TicketPresence> presences = new LinkedHashMap<>();
    private final BlockingQueue<Step> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final AtomicBoolean hasEnded = new AtomicBoolean();
    private volatile Viewer viewer;
    private volatile boolean isOverrun;

    LiveStream(Viewer viewer) {
        this.viewer = viewer;
    }

    Viewer viewer() {
        return viewer;
    }

    void becomes(Viewer current) {
        viewer = current;
    }

    void offer(News news) {
        var seen = news.events().stream().filter(event -> event.isFor(viewer)).toList();
        put(new Happened(seen, news.reached()));
    }

    /** Of each ticket only the latest waits: who came and left meanwhile is nobody to be told of. */
    void offerPresence(List<PresenceChange> changes) {
        synchronized (presences) {
            var isAnnounced = !presences.isEmpty();
            for (var change : changes) {
                if (change.isFor(viewer)) {
                    presences.put(change.presence().ticket(), change.presence());
                }
            }
            if (presences.size() > PRESENCES_WAITING_MAX) {
                presences.clear();
                isOverrun = true;
            } else if (!isAnnounced && !presences.isEmpty()) {
                put(SOMEBODY);
            }
        }
    }

    /** Nobody but its author is told of a draft. */
    void offerDraft(DraftChange change) {
        if (change.personId().equals(viewer.personId())) {
            put(new Drafted(change));
        }
    }

    void end(Ending ending) {
        if (hasEnded.compareAndSet(false, true)) {
            put(ending);
        }
    }

    private void put(Step step) {
        if (!waiting.offer(step)) {
            isOverrun = true;
        }
    }

    /** The next thing to do, or null when there is none for so long. */
    @Nullable Step next(long millis) throws InterruptedException {
        if (isOverrun) {
            return Ending.SILENT;
        }
        var step = waiting.poll(millis, TimeUnit.MILLISECONDS);
        return step instanceof Present ? takenPresences() : step;
    }

    private Present takenPresences() {
        synchronized (presences) {
            var taken = new Present(List.copyOf(presences.values()));
            presences.clear();
            return taken;
        }
    }

    /** For the client's thread. */
    sealed interface Step permits Happened, Present, Drafted, Ending {}

    /**
     * @param events that the viewer may know of; often none
     * @param reached where a client that has them stands
     */
    record Happened(List<LiveEvent> events, LivePosition reached) implements Step {}

    /** @param tickets at which people came, left or do something else */
    record Present(List<TicketPresence> tickets) implements Step {}

    record Drafted(DraftChange change) implements Step {}

    /** How a stream ends. */
    enum Ending implements Step {
        /** This task stops; another one goes on. */
        RELEASE,
        /** The stream has lasted long enough. */
        RENEWAL,
        /** Without a word: the client finds out why when it comes again. */
        SILENT
    }
}
