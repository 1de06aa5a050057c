package io.tealdesk.bulk;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Works edits off on every task, one batch at a time on one connection, and rests in between. Not a job of the scheduler:
 * one whose task died is taken up after a minute, while the next batch can be anybody's at once.
 */
@Component
class BulkEditWorker implements SmartLifecycle {

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(2);
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(10);
    private static final Logger log = LoggerFactory.getLogger(BulkEditWorker.class);

    private final BulkEditWork work;
    private final BulkProperties properties;
    private final Semaphore wakeUps = new Semaphore(0);
    private volatile @Nullable Thread thread;

    BulkEditWorker(BulkEditWork work, BulkProperties properties) {
        this.work = work;
        this.properties = properties;
    }

    /** There is something to do, so that it need not be looked for. */
    void wake() {
        wakeUps.release();
    }

    private void run() {
        while (isRunning()) {
            try {
                if (!round()) {
                    pause(properties.poll());
                }
            } catch (RuntimeException failure) {
                if (isRunning()) {
                    log.warn("Edits of many tickets wait: {}", failure.toString());
                    pause(PAUSE_AFTER_FAILURE);
                }
            }
        }
    }

    /** A batch of each, so that a small one does not wait for the end of a large one. */
    private boolean round() {
        var hasWorked = false;
        for (var id : work.open()) {
            if (!isRunning()) {
                return false;
            }
            var begun = System.nanoTime();
            if (workSome(id)) {
                hasWorked = true;
                pause(Duration.ofNanos((long) ((System.nanoTime() - begun) * properties.rest())));
            }
        }
        return hasWorked;
    }

    /** One that cannot be gone on with, or not by this release, does not keep the others waiting. */
    private boolean workSome(UUID id) {
        try {
            return !work.workSome(id).isEmpty();
        } catch (RuntimeException failure) {
            log.warn("The edit {} of many tickets waits: {}", id, failure.toString());
            return false;
        }
    }

    private void pause(Duration duration) {
        try {
            if (wakeUps.tryAcquire(duration.toNanos(), TimeUnit.NANOSECONDS)) {
                wakeUps.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            thread = null;
        }
    }

    @Override
    public void start() {
        if (properties.follow()) {
            var worker = Thread.ofVirtual().name("bulk-edits").unstarted(this::run);
            thread = worker;
            worker.start();
        }
    }

    /** The batch under way it ends; the rest another task takes. */
    @Override
    public void stop() {
        var working = thread;
        thread = null;
        wake();
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
