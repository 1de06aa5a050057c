package io.tealdesk.live;

import io.tealdesk.identity.Viewer;
import io.tealdesk.live.LiveEvents.News;
import java.util.List;
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
        return isOverrun ? Ending.SILENT : waiting.poll(millis, TimeUnit.MILLISECONDS);
    }

    /** For the client's thread. */
    sealed interface Step permits Happened, Ending {}

    /**
     * @param events that the viewer may know of; often none
     * @param reached where a client that has them stands
     */
    record Happened(List<LiveEvent> events, LivePosition reached) implements Step {}

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
