package io.tealdesk.conversations;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Sends replies right when their moment is over. Whatever is lost here is found by the job. */
@Component
class ScheduledReplyDispatch implements SmartLifecycle {

    /** What is later than this is left to the job. */
    private static final Duration SOON = Duration.ofMinutes(1);

    private static final int STOP_SECONDS_MAX = 10;
    private static final Logger log = LoggerFactory.getLogger(ScheduledReplyDispatch.class);

    private final ScheduledReplySender sender;
    private final ConversationProperties properties;
    private final Clock clock;
    private volatile @Nullable ScheduledThreadPoolExecutor timer;

    ScheduledReplyDispatch(ScheduledReplySender sender, ConversationProperties properties, Clock clock) {
        this.sender = sender;
        this.properties = properties;
        this.clock = clock;
    }

    /** Once the transaction is stored, and the time has come. */
    void afterCommit(Instant at) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                sendAt(at);
            }
        });
    }

    private void sendAt(Instant at) {
        var running = timer;
        // A moment later: what is due is due by a clock that counts finer than the timer.
        var wait = Duration.between(clock.instant(), at).plusMillis(5);
        if (running == null || !properties.sendOnTime() || wait.compareTo(SOON) > 0) {
            return;
        }
        try {
            var _ = running.schedule(this::send, Math.max(0, wait.toMillis()), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException stopping) {
            log.debug("This task stops; another one sends");
        }
    }

    private void send() {
        try {
            sender.sendDue();
        } catch (RuntimeException failure) {
            log.warn("Could not send replies; the job tries again: {}", failure.toString());
        }
    }

    @Override
    public void start() {
        var started = new ScheduledThreadPoolExecutor(
                1, Thread.ofVirtual().name("scheduled-replies").factory());
        started.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        timer = started;
    }

    @Override
    public void stop() {
        var running = timer;
        timer = null;
        if (running == null) {
            return;
        }
        running.shutdown();
        try {
            if (!running.awaitTermination(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
                log.warn("A reply is still being sent");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return timer != null;
    }
}
