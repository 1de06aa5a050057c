package io.tealdesk.rehearsal.load;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Every write that people asked for, and what they were told of it. */
public final class Ledger {

    private final Queue<Write> writes = new ConcurrentLinkedQueue<>();
    private final Queue<String> sessionsLost = new ConcurrentLinkedQueue<>();
    private final Queue<String> givenUp = new ConcurrentLinkedQueue<>();

    /** What became of a write, as far as its author knows. */
    enum Outcome {
        /** Sent and never answered, or not yet: there once or not at all. */
        UNKNOWN,
        ACKNOWLEDGED,
        /** The desk said that it did nothing. */
        REFUSED
    }

    /** Notes a write before it is sent, so that none can be forgotten. */
    Write intend(String kind, Person author, long ticketNumber, String marker) {
        var write = new Write(kind, author, ticketNumber, marker);
        writes.add(write);
        return write;
    }

    void sessionLost(String who) {
        sessionsLost.add(who);
    }

    void givenUp(String what) {
        givenUp.add(what);
    }

    Collection<Write> writes() {
        return writes;
    }

    List<String> sessionsLost() {
        return List.copyOf(sessionsLost);
    }

    /** Operations that never succeeded. */
    public List<String> givenUp() {
        return List.copyOf(givenUp);
    }

    public List<WriteReceipt> receipts() {
        return writes.stream()
                .filter(write -> write.outcome == Outcome.ACKNOWLEDGED)
                .map(Write::receipt)
                .toList();
    }

    public long acknowledged() {
        return writes.stream()
                .filter(write -> write.outcome == Outcome.ACKNOWLEDGED)
                .count();
    }

    public long unknown() {
        return writes.stream().filter(write -> write.outcome == Outcome.UNKNOWN).count();
    }

    /** One write. */
    static final class Write {

        private final String kind;
        private final Person author;
        private final String marker;
        private volatile long ticketNumber;
        private volatile Outcome outcome = Outcome.UNKNOWN;
        private volatile Instant acknowledgedAt = Instant.MAX;
        private volatile @Nullable Upload upload;

        private Write(String kind, Person author, long ticketNumber, String marker) {
            this.kind = kind;
            this.author = author;
            this.ticketNumber = ticketNumber;
            this.marker = marker;
        }

        void attaches(Upload file) {
            upload = file;
        }

        void acknowledged(long number, Instant at) {
            ticketNumber = number;
            acknowledgedAt = at;
            outcome = Outcome.ACKNOWLEDGED;
        }

        void refused() {
            outcome = Outcome.REFUSED;
        }

        String kind() {
            return kind;
        }

        /** Whether it has no words that could be marked. */
        boolean isChange() {
            return kind.equals("assignment") || kind.equals("priority");
        }

        Person author() {
            return author;
        }

        String marker() {
            return marker;
        }

        long ticketNumber() {
            return ticketNumber;
        }

        Outcome outcome() {
            return outcome;
        }

        @Nullable Upload upload() {
            return upload;
        }

        WriteReceipt receipt() {
            return new WriteReceipt(kind, ticketNumber, marker, acknowledgedAt);
        }

        @Override
        public String toString() {
            return kind + " " + marker + " on ticket " + ticketNumber;
        }
    }
}
