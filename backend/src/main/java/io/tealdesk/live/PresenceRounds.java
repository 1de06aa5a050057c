package io.tealdesk.live;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.postgresql.PGNotification;

/**
 * Gathers the tickets at which people come and go, and tells of all of them together: of the first at once, of what
 * follows on its heels a quarter of a second later. For the reader's thread.
 */
class PresenceRounds {

    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final int TICKETS_OF_A_ROUND_MAX = 500;

    private final Presences presences;
    private final LiveStreams streams;
    private final Set<Long> changed = new HashSet<>();
    /** Where somebody may be as far as any client knows. */
    private Set<Long> occupied = new HashSet<>();

    private long lastRound = System.nanoTime() - PAUSE.toNanos();

    PresenceRounds(Presences presences, LiveStreams streams) {
        this.presences = presences;
        this.streams = streams;
    }

    /** To be called when listening begins: what was announced while nobody listened is lost. */
    void startOver() {
        lookAround();
        changed.addAll(occupied);
    }

    /** Finds tickets that everybody has left without a word: then nobody is seen there for long, whatever was lost. */
    void lookAround() {
        var before = occupied;
        occupied = new HashSet<>(presences.occupiedTickets());
        before.stream().filter(ticket -> !occupied.contains(ticket)).forEach(changed::add);
    }

    void hear(PGNotification notification) {
        var text = notification.getParameter();
        if (notification.getName().equals(Presences.CHANNEL) && text.matches("\\d{1,18}")) {
            changed.add(Long.valueOf(text));
            occupied.add(Long.valueOf(text));
        }
    }

    /** The members of another team may see now who is at a ticket. */
    void hear(List<LiveEvent> events) {
        events.stream()
                .filter(event -> event.leftTeamId() != null && occupied.contains(event.ticketNumber()))
                .forEach(event -> changed.add(event.ticketNumber()));
    }

    void tellIfDue() {
        if (streams.isEmpty()) {
            // Whoever comes asks who is there.
            changed.clear();
        }
        if (changed.isEmpty() || untilNextRound().isPositive()) {
            return;
        }
        var round = changed.stream().limit(TICKETS_OF_A_ROUND_MAX).toList();
        var told = presences.of(round);
        streams.deliverPresence(told);
        round.forEach(changed::remove);
        told.stream()
                .map(PresenceChange::presence)
                .filter(presence -> presence.people().isEmpty())
                .forEach(presence -> occupied.remove(presence.ticket()));
        lastRound = System.nanoTime();
    }

    /** How long nothing need be done, if nothing is heard meanwhile. */
    Duration patience(Duration most) {
        var wait = untilNextRound();
        return changed.isEmpty() || wait.compareTo(most) > 0 ? most : wait;
    }

    private Duration untilNextRound() {
        return PAUSE.minusNanos(System.nanoTime() - lastRound);
    }
}
