package io.tealdesk.outbox;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Sends mails right after the change that caused them. Whatever is lost here is found by the job. */
@Component
class OutboxDispatch implements SmartLifecycle {

    private static final int STOP_SECONDS_MAX = 10;
    private static final Logger log = LoggerFactory.getLogger(OutboxDispatch.class);

    private final OutboxSender sender;
    private final OutboxProperties properties;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("outbox").factory());
    private final AtomicBoolean isAsked = new AtomicBoolean();
    private volatile boolean isRunning;

    OutboxDispatch(OutboxSender sender, OutboxProperties properties) {
        this.sender = sender;
        this.properties = properties;
    }

    void sendSoon() {
        if (properties.sendAtOnce() && isRunning && isAsked.compareAndSet(false, true)) {
            thread.execute(this::send);
        }
    }

    private void send() {
        isAsked.set(false);
        try {
            sender.sendDue();
        } catch (RuntimeException failure) {
            log.warn("Could not send mails; the job tries again: {}", failure.toString());
        }
    }

    @Override
    public void start() {
        isRunning = true;
    }

    @Override
    public void stop() {
        isRunning = false;
        thread.shutdown();
        try {
            if (!thread.awaitTermination(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }
}
