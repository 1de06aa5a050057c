package io.tealdesk.search;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Follows the queue on every task. It looks once a second rather than being notified: a notification would make writers
 * wait for each other as they commit, and nobody looks for a ticket within the second in which it was written.
 */
@Component
class SearchIndexWorker implements SmartLifecycle {

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(10);
    private static final Logger log = LoggerFactory.getLogger(SearchIndexWorker.class);

    private final SearchQueue queue;
    private final SearchFill fill;
    private final SearchProperties properties;
    private volatile @Nullable Thread thread;
    private volatile CountDownLatch stopping = new CountDownLatch(1);

    SearchIndexWorker(SearchQueue queue, SearchFill fill, SearchProperties properties) {
        this.queue = queue;
        this.fill = fill;
        this.properties = properties;
    }

    private void run() {
        while (isRunning()) {
            try {
                var begun = System.nanoTime();
                var isFilling = fill.step();
                var worked = queue.work();
                // A second's changes together, each ticket once: one by one they cost several times as much.
                if (worked < SearchQueue.BATCH && !isFilling) {
                    pause(properties.poll());
                } else if (!fill.isDone()) {
                    var took = Duration.ofNanos(System.nanoTime() - begun);
                    pause(Duration.ofNanos((long) (took.toNanos() * properties.fillRest())));
                }
            } catch (RuntimeException failure) {
                if (isRunning()) {
                    log.warn("The search index waits for the database: {}", failure.toString());
                    pause(PAUSE_AFTER_FAILURE);
                }
            }
        }
    }

    private void pause(Duration duration) {
        try {
            // Not a sleep: who stops it does not wait for the end of it, and interrupts no statement.
            stopping.await(duration.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            thread = null;
        }
    }

    @Override
    public void start() {
        if (properties.follow()) {
            stopping = new CountDownLatch(1);
            var worker = Thread.ofVirtual().name("search-index").unstarted(this::run);
            thread = worker;
            worker.start();
        }
    }

    /** What it is just writing it ends; whatever is left another task takes. */
    @Override
    public void stop() {
        var working = thread;
        thread = null;
        stopping.countDown();
        if (working == null) {
            return;
        }
        try {
            working.join(STOPS_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
