package io.tealdesk.tickets;

import static io.tealdesk.tickets.TicketProperty.ASSIGNEE;
import static io.tealdesk.tickets.TicketProperty.SNOOZE;
import static io.tealdesk.tickets.TicketProperty.STATUS;
import static io.tealdesk.tickets.TicketProperty.TEAM;

import io.tealdesk.identity.Viewer;
import io.tealdesk.shared.Problem;
import io.tealdesk.shared.Sql;
import io.tealdesk.tickets.Tickets.PersonInTeam;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Changes several tickets in one transaction by the rules for one: each as asked or, where that is not allowed, not at
 * all, without keeping the others from it. Also takes back what was changed, as far as nobody has changed it since.
 */
@Component
public class TicketBatches {

    /** Whoever hands a ticket over to a team of others may take it back for so long. */
    private static final Duration TAKEN_BACK_WITHIN = Duration.ofHours(2);
    /** Dependent ones last: who may be assigned depends on the team, whether one may be snoozed on the status. */
    private static final List<TicketProperty> ORDER_OF_RESTORING = List.of(TEAM, ASSIGNEE, STATUS);

    private final Tickets tickets;
    private final TicketRepository repository;
    private final TicketViews views;
    private final TicketHistory history;
    private final EntityManager entities;
    private final JdbcClient jdbc;
    private final Clock clock;

    TicketBatches(
            Tickets tickets,
            TicketRepository repository,
            TicketViews views,
            TicketHistory history,
            EntityManager entities,
            JdbcClient jdbc,
            Clock clock) {
        this.tickets = tickets;
        this.repository = repository;
        this.views = views;
        this.history = history;
        this.entities = entities;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** In the order of their numbers. */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<TicketOutcome> edit(Collection<Long> numbers, Viewer viewer, TicketEdit edit) {
        var known = new HashMap<PersonInTeam, Boolean>();
        return each(numbers, viewer, (ticket, now) -> {
            requireVisible(ticket, viewer);
            requireUnmerged(ticket, viewer);
            tickets.make(edit, ticket, viewer, now, known);
            return List.of();
        });
    }

    /**
     * Goes back to how each ticket was, property by property, where it still is as a change left it.
     *
     * @param since when the changes were asked for: what a customer wrote after that is not put out of sight
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<TicketOutcome> restore(Map<Long, List<PropertyChange>> changes, Viewer viewer, Instant since) {
        var known = new HashMap<PersonInTeam, Boolean>();
        return each(changes.keySet(), viewer, (ticket, now) -> {
            var undone = changes.getOrDefault(ticket.number(), List.of());
            if (!handedOver(ticket, viewer, undone, now)) {
                requireVisible(ticket, viewer);
            }
            requireUnmerged(ticket, viewer);
            return restore(ticket, undone, viewer, since, now, known);
        });
    }

    /** One ticket, at once. */
    @Transactional
    TicketOutcome restore(long number, List<PropertyChange> changes, Viewer viewer, Instant since) {
        var outcome = restore(Map.of(number, changes), viewer, since).getFirst();
        if (outcome.refusal() != null) {
            throw outcome.refusal();
        }
        return outcome;
    }

    /** What work that locks and changes a ticket by itself makes of it. */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<PropertyChange> changesBy(long number, Viewer viewer, Runnable work) {
        tickets.lock(number, viewer);
        var ticket = repository.findById(number).orElseThrow(Problem::notFound);
        var before = ticket.properties();
        work.run();
        return ticket.changesSince(before);
    }

    /** As whoever just changed them sees them, even where they went to another team. */
    public List<TicketView> changed(Collection<Long> numbers) {
        return views.get(numbers);
    }

    private List<TicketOutcome> each(Collection<Long> numbers, Viewer viewer, Verb verb) {
        var now = clock.instant();
        var locked = repository.findByNumberInOrderByNumber(numbers).stream()
                .collect(Collectors.toMap(Ticket::number, Function.identity()));
        var outcomes = new ArrayList<TicketOutcome>();
        for (var number : numbers.stream().sorted().toList()) {
            var ticket = locked.get(number);
            if (ticket == null) {
                outcomes.add(TicketOutcome.refused(number, Problem.notFound()));
                continue;
            }
            var before = ticket.properties();
            try {
                var kept = verb.on(ticket, now);
                outcomes.add(new TicketOutcome(number, ticket.changesSince(before), kept, null));
            } catch (Problem refusal) {
                // What was changed of it before the refusal is not written.
                entities.detach(ticket);
                locked.remove(number);
                outcomes.add(TicketOutcome.refused(number, refusal));
            }
        }
        repository.flush();
        history.write(
                locked.values().stream()
                        .sorted(Comparator.comparingLong(Ticket::number))
                        .toList(),
                viewer.personId(),
                now);
        return outcomes;
    }

    private List<TicketProperty> restore(
            Ticket ticket,
            List<PropertyChange> changes,
            Viewer viewer,
            Instant since,
            Instant now,
            Map<PersonInTeam, Boolean> known) {
        var kept = new ArrayList<TicketProperty>();
        var inOrder = changes.stream()
                .sorted(Comparator.comparingInt((PropertyChange change) -> {
                    var place = ORDER_OF_RESTORING.indexOf(change.property());
                    return place < 0 ? ORDER_OF_RESTORING.size() : place;
                }))
                .toList();
        for (var change : inOrder) {
            // A snooze that ended with the status goes back with it, or not at all.
            var isAllowed =
                    isThere(change, ticket, changes, known) && !(change.property() == SNOOZE && kept.contains(STATUS));
            if (!isAllowed
                    || !ticket.restore(
                            change,
                            new Ticket.Snoozing(viewer.personId(), since),
                            formerlyResolvedAt(change, ticket.number()),
                            now)) {
                kept.add(change.property());
            }
        }
        return List.copyOf(kept);
    }

    /** Whether the former team, or who was assigned, can be so again. */
    private boolean isThere(
            PropertyChange change, Ticket ticket, List<PropertyChange> changes, Map<PersonInTeam, Boolean> known) {
        var former = change.from();
        return switch (change.property()) {
            case TEAM ->
                former != null
                        && tickets.isTeam(UUID.fromString(former))
                        && mayBeOf(UUID.fromString(former), ticket.assigneeId(), changes, known);
            case ASSIGNEE -> former == null || tickets.canBeAssigned(UUID.fromString(former), ticket.teamId(), known);
            case STATUS, PRIORITY, TAGS, DUE_DATE, SUBJECT, SNOOZE -> true;
        };
    }

    /** Whom somebody has assigned since then stays, and so does the team where that person may be. */
    private boolean mayBeOf(
            UUID teamId, @Nullable UUID assigneeId, List<PropertyChange> changes, Map<PersonInTeam, Boolean> known) {
        return assigneeId == null
                || changes.stream()
                        .anyMatch(change -> change.property() == ASSIGNEE
                                && assigneeId.toString().equals(change.to()))
                || tickets.canBeAssigned(assigneeId, teamId, known);
    }

    /** When a ticket was done that is to be done again. */
    private @Nullable Instant formerlyResolvedAt(PropertyChange change, long number) {
        if (change.property() != STATUS
                || change.from() == null
                || !TicketStatus.valueOf(change.from()).isDone()) {
            return null;
        }
        return jdbc.sql("""
                        select max(occurred_at) as occurred_at from ticket_event
                        where ticket_number = :number and kind = 'STATUS'
                          and to_value in ('RESOLVED', 'CLOSED', 'CANCELLED')
                          and from_value not in ('RESOLVED', 'CLOSED', 'CANCELLED')""")
                .param("number", number)
                .query((row, index) -> Optional.ofNullable(Sql.instantOrNull(row, "occurred_at")))
                .single()
                .orElse(null);
    }

    /** Whether the viewer has just given the ticket away from a team of theirs, and it is about to come back. */
    private boolean handedOver(Ticket ticket, Viewer viewer, List<PropertyChange> changes, Instant now) {
        return changes.stream()
                .anyMatch(change -> change.property() == TEAM
                        && ticket.teamId().toString().equals(change.to())
                        && wasHandedOver(ticket.number(), viewer, change, now));
    }

    private boolean wasHandedOver(long number, Viewer viewer, PropertyChange change, Instant now) {
        var lastMove = jdbc.sql("""
                        select actor_id, from_value from ticket_event
                        where ticket_number = :number and kind = 'TEAM' and occurred_at > :since
                        order by id desc limit 1""")
                .param("number", number)
                .param("since", Sql.timestamp(now.minus(TAKEN_BACK_WITHIN)))
                .query((row, index) -> new Move(Sql.uuidOrNull(row, "actor_id"), row.getString("from_value")))
                .list();
        return viewer.isStaff()
                && !lastMove.isEmpty()
                && viewer.personId().equals(lastMove.getFirst().actorId)
                && lastMove.getFirst().from.equals(change.from())
                && viewer.teamIds().contains(UUID.fromString(lastMove.getFirst().from));
    }

    private static void requireVisible(Ticket ticket, Viewer viewer) {
        if (!TicketScope.includes(viewer, ticket.requesterId(), ticket.organisationId(), ticket.teamId())) {
            throw Problem.notFound();
        }
    }

    private void requireUnmerged(Ticket ticket, Viewer viewer) {
        if (ticket.isMerged()) {
            throw tickets.merged(ticket, viewer);
        }
    }

    private interface Verb {
        /** Returns what it could not change. */
        List<TicketProperty> on(Ticket ticket, Instant now);
    }

    private record Move(@Nullable UUID actorId, String from) {}
}
