package io.tealdesk.rehearsal.load;

import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A ticket as far as people remember it. */
final class Ticket {

    private static final int ATTACHMENTS_MAX = 20;

    private final long number;
    private final AtomicBoolean isClaimed = new AtomicBoolean();
    private final ConcurrentLinkedDeque<UUID> attachments = new ConcurrentLinkedDeque<>();
    private volatile long lastSeenMessage;

    Ticket(long number) {
        this.number = number;
    }

    long number() {
        return number;
    }

    /**
     * Only one writes at a time, so that nobody is told that somebody else wrote meanwhile: that refusal would be
     * right, and hide the wrong ones.
     */
    boolean claim() {
        return isClaimed.compareAndSet(false, true);
    }

    void release() {
        isClaimed.set(false);
    }

    long lastSeenMessage() {
        return lastSeenMessage;
    }

    void saw(long message) {
        lastSeenMessage = Math.max(lastSeenMessage, message);
    }

    void attached(UUID attachment) {
        attachments.addLast(attachment);
        if (attachments.size() > ATTACHMENTS_MAX) {
            attachments.pollFirst();
        }
    }

    @Nullable UUID anyAttachment() {
        UUID oldest = attachments.pollFirst();
        if (oldest != null) {
            attachments.addLast(oldest);
        }
        return oldest;
    }
}
