package io.tealdesk.tickets;

import io.tealdesk.identity.Role;
import io.tealdesk.identity.Viewer;
import io.tealdesk.shared.EntityVersion;
import io.tealdesk.shared.OneLine;
import io.tealdesk.shared.Problem;
import io.tealdesk.shared.Sql;
import io.tealdesk.tickets.Ticket.Speaker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Opens and changes tickets, for a viewer who may, and writes the history of every change. */
@Component
public class Tickets {

    private static final Instant EARLIEST_DUE_DATE = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST_DUE_DATE = Instant.parse("2100-01-01T00:00:00Z");
    private static final Duration SNOOZE_MAX = Duration.ofDays(366);

    private final TicketRepository repository;
    private final TicketViews views;
    private final TicketHistory history;
    private final JdbcClient jdbc;
    private final Clock clock;

    Tickets(TicketRepository repository, TicketViews views, TicketHistory history, JdbcClient jdbc, Clock clock) {
        this.repository = repository;
        this.views = views;
        this.history = history;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Opens a ticket and returns its number. */
    @Transactional
    public long open(Viewer viewer, NewTicket request) {
        var now = clock.instant();
        var requester = requester(request.requesterId());
        var teamId = request.teamId() == null ? defaultTeam() : checkedTeam(request.teamId());
        var ticket = new Ticket(
                OneLine.of("subject", request.subject()),
                request.requesterId(),
                requester.organisationId,
                teamId,
                request.priority() == null ? TicketPriority.MEDIUM : request.priority(),
                viewer.role() == Role.CUSTOMER ? Speaker.REQUESTER : Speaker.STAFF,
                now);
        if (request.assigneeId() != null) {
            ticket.assignTo(checkedAssignee(request.assigneeId(), teamId), now);
        }
        ticket.changeTags(TicketTags.normalised(request.tags()), now);
        ticket.changeDueDate(checkedDueDate(request.dueAt()), now);
        repository.saveAndFlush(ticket);
        writeHistory(ticket, viewer.personId(), now);
        return ticket.number();
    }

    public TicketView get(long number, Viewer viewer) {
        return views.get(number, viewer);
    }

    /** Refuses who may not see the ticket, as if there were none. */
    public void requireVisible(long number, Viewer viewer) {
        views.requireVisible(number, viewer);
    }

    /** A ticket just opened, as its opener sees it, even where it went to another team. */
    public TicketView opened(long number) {
        return views.get(number);
    }

    /**
     * Locks a ticket that the viewer may see until the transaction ends, so that messages of one ticket are written one
     * after the other.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void lock(long number, Viewer viewer) {
        changeable(number, viewer);
    }

    /** Locks a ticket as {@link #lock(long, Viewer)} does, if it still is as the viewer saw it. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void lock(long number, Viewer viewer, long expectedVersion) {
        EntityVersion.check(expectedVersion, changeable(number, viewer).version());
    }

    /**
     * Makes all changes of an edit or, where one is not allowed, none; the refusal names which. The caller has locked the
     * ticket and compared its version.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public TicketView edit(long number, Viewer viewer, TicketEdit edit) {
        apply(number, viewer, null, (ticket, now) -> make(edit, ticket, viewer, now, new HashMap<>()));
        return views.get(number);
    }

    /**
     * Takes in a public reply of staff.
     *
     * @param thenStatus where the ticket stands after it; null lets the reply decide
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void repliedByStaff(long number, Viewer viewer, @Nullable TicketStatus thenStatus) {
        apply(number, viewer, null, (ticket, now) -> ticket.repliedByStaff(thenStatus, now));
    }

    /** Lets the ticket come back at a time, or with the customer's answer. One that is done, or a time past, is let be. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void remind(long number, Viewer viewer, Instant at) {
        apply(number, viewer, null, (ticket, now) -> {
            var until = at.truncatedTo(ChronoUnit.MILLIS);
            if (!ticket.status().isDone() && until.isAfter(now)) {
                ticket.snooze(until, viewer.personId(), now);
            }
        });
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void repliedByCustomer(long number, Viewer viewer) {
        apply(number, viewer, null, Ticket::repliedByCustomer);
    }

    /**
     * Where a customer's wish about a ticket goes: to the ticket that it has become part of, if the customer may see that,
     * or else to itself.
     */
    public long landing(long number, Viewer viewer) {
        views.requireVisible(number, viewer);
        var root = views.root(number);
        return root == number || views.isVisible(root, viewer) ? root : number;
    }

    /** Where a ticket leads to: itself, unless it was merged. */
    public long root(long number) {
        return views.root(number);
    }

    /**
     * Takes in the answer of a customer who may see the merged ticket, but not the one that it has become part of: the
     * message stays where only this customer reads it, and there is something to do on the other.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void repliedByCustomerOfMerged(long number, long root, Viewer viewer) {
        var now = clock.instant();
        // In the order of numbers, as everybody who locks more than one.
        var first = repository.findById(Math.min(number, root)).orElseThrow(Problem::notFound);
        var second = repository.findById(Math.max(number, root)).orElseThrow(Problem::notFound);
        if (views.root(number) != root) {
            throw EntityVersion.stale();
        }
        var isMergedFirst = first.number() == number;
        var target = isMergedFirst ? second : first;
        target.repliedByCustomer(now);
        (isMergedFirst ? first : second).repliedToWhenMerged(now);
        repository.flush();
        writeHistory(target, viewer.personId(), now);
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void noted(long number, Viewer viewer) {
        apply(number, viewer, null, Ticket::noted);
    }

    /**
     * Opens a ticket for messages that the caller moves there from one that it has locked; {@link #split} follows.
     *
     * @param requesterId null for the one who asked on the other ticket
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public long openSplit(long from, Viewer viewer, String subject, @Nullable UUID requesterId) {
        var now = clock.instant();
        var original = changeable(from, viewer);
        var organisationId = requesterId == null || requesterId.equals(original.requesterId())
                ? original.organisationId()
                : requester(requesterId).organisationId;
        var ticket = new Ticket(
                OneLine.of("subject", subject),
                requesterId == null ? original.requesterId() : requesterId,
                organisationId,
                original.teamId(),
                original.priority(),
                Speaker.STAFF,
                now);
        repository.saveAndFlush(ticket);
        writeHistory(ticket, viewer.personId(), now);
        return ticket.number();
    }

    /**
     * Takes in that messages have moved from one ticket to another that was opened for them.
     *
     * @return what the messages said of the first ticket before
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public TicketSpeech split(
            long from, long to, Viewer viewer, Instant askedAt, TicketSpeech left, TicketSpeech taken) {
        var now = clock.instant();
        var original = changeable(from, viewer);
        var split = changeable(to, viewer);
        var before = original.speech();
        original.splitInto(to, left.lastMessageAt() == null ? before : left, now);
        split.splitFrom(from, askedAt, taken, now);
        repository.flush();
        writeHistory(original, viewer.personId(), now);
        writeHistory(split, viewer.personId(), now);
        return before;
    }

    /** Locks two tickets that the viewer may see and change, in the order in which everybody locks more than one. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void lockBoth(long one, long other, Viewer viewer) {
        changeable(Math.min(one, other), viewer);
        changeable(Math.max(one, other), viewer);
    }

    /** Takes in that the messages of a split are back; what is left of it leads to the ticket that they came from. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void undoSplit(long from, long split, Viewer viewer, TicketSpeech before, TicketSpeech after) {
        var now = clock.instant();
        var original = changeable(from, viewer);
        var gone = changeable(split, viewer);
        original.tookBack(split, before, after, now);
        gone.wentBackTo(from, now);
        repository.flush();
        writeHistory(original, viewer.personId(), now);
        writeHistory(gone, viewer.personId(), now);
    }

    /** What the messages say of a ticket that the transaction has locked. */
    @Transactional(propagation = Propagation.MANDATORY)
    public TicketSpeech speech(long number, Viewer viewer) {
        return visible(number, viewer).speech();
    }

    /** Writes a line of history that Tealdesk itself adds and that changes nothing. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void tell(long number, TicketEventKind kind, String to) {
        writeEvent(number, null, new TicketChange(kind, null, to), clock.instant());
    }

    /** Raises the priority by itself, unless it is as high already. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void raisePriority(long number, TicketPriority atLeast) {
        applyByItself(number, (ticket, now) -> {
            if (ticket.priority().urgencyRank() > atLeast.urgencyRank()) {
                ticket.changePriority(atLeast, now);
            }
        });
    }

    /** Moves a ticket by itself, as {@link #edit} does. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void handOver(long number, UUID teamId) {
        applyByItself(number, (ticket, now) -> {
            ticket.moveTo(checkedTeam(teamId), now);
            letGoOfStranger(ticket, now, new HashMap<>());
        });
    }

    /** A customer closes; no version is asked for, the last wish wins. */
    @Transactional
    public void closeAsCustomer(long number, Viewer viewer) {
        apply(landing(number, viewer), viewer, null, Ticket::close);
    }

    @Transactional
    public void reopenAsCustomer(long number, Viewer viewer) {
        apply(landing(number, viewer), viewer, null, (ticket, now) -> {
            if (ticket.status() == TicketStatus.CANCELLED) {
                throw TicketProblem.closed();
            }
            ticket.reopen(now);
        });
    }

    @Transactional
    TicketView changeStatus(long number, Viewer viewer, long expectedVersion, TicketStatus status) {
        return change(number, viewer, expectedVersion, (ticket, now) -> ticket.changeStatus(status, now));
    }

    @Transactional
    TicketView close(long number, Viewer viewer, long expectedVersion) {
        return change(number, viewer, expectedVersion, Ticket::close);
    }

    @Transactional
    TicketView reopen(long number, Viewer viewer, long expectedVersion) {
        return change(number, viewer, expectedVersion, Ticket::reopen);
    }

    @Transactional
    TicketView assign(long number, Viewer viewer, long expectedVersion, @Nullable UUID assigneeId) {
        return change(
                number,
                viewer,
                expectedVersion,
                (ticket, now) ->
                        ticket.assignTo(assigneeId == null ? null : checkedAssignee(assigneeId, ticket.teamId()), now));
    }

    /** Moves a ticket; an assignee who is not in the new team is let go. */
    @Transactional
    TicketView moveTo(long number, Viewer viewer, long expectedVersion, UUID teamId) {
        return change(number, viewer, expectedVersion, (ticket, now) -> {
            ticket.moveTo(checkedTeam(teamId), now);
            letGoOfStranger(ticket, now, new HashMap<>());
        });
    }

    @Transactional
    TicketView changePriority(long number, Viewer viewer, long expectedVersion, TicketPriority priority) {
        return change(number, viewer, expectedVersion, (ticket, now) -> ticket.changePriority(priority, now));
    }

    @Transactional
    TicketView changeTags(long number, Viewer viewer, long expectedVersion, List<String> tags) {
        return change(
                number, viewer, expectedVersion, (ticket, now) -> ticket.changeTags(TicketTags.normalised(tags), now));
    }

    @Transactional
    TicketView changeDueDate(long number, Viewer viewer, long expectedVersion, @Nullable Instant dueAt) {
        return change(
                number, viewer, expectedVersion, (ticket, now) -> ticket.changeDueDate(checkedDueDate(dueAt), now));
    }

    @Transactional
    TicketView changeSubject(long number, Viewer viewer, long expectedVersion, String subject) {
        return change(
                number,
                viewer,
                expectedVersion,
                (ticket, now) -> ticket.changeSubject(OneLine.of("subject", subject), now));
    }

    /** @param until null for until the customer answers */
    @Transactional
    TicketView snooze(long number, Viewer viewer, long expectedVersion, @Nullable Instant until) {
        return change(
                number,
                viewer,
                expectedVersion,
                (ticket, now) -> ticket.snooze(checkedSnooze(until, now), viewer.personId(), now));
    }

    @Transactional
    TicketView wake(long number, Viewer viewer, long expectedVersion) {
        return change(number, viewer, expectedVersion, (ticket, now) -> ticket.wake(WakeReason.BY_HAND, now));
    }

    /** Ends the snooze of a ticket that the transaction has locked, where its time has come. */
    @Transactional(propagation = Propagation.MANDATORY)
    void wakeIfDue(long number) {
        applyByItself(number, Ticket::wakeIfDue);
    }

    /**
     * The team first: who may be the assignee depends on it.
     *
     * @param known who can be assigned where, of what the transaction has asked before
     */
    void make(TicketEdit edit, Ticket ticket, Viewer viewer, Instant now, Map<PersonInTeam, Boolean> known) {
        var teamId = edit.teamId();
        var assignee = edit.assignee();
        var priority = edit.priority();
        var dueDate = edit.dueDate();
        var status = edit.status();
        var snooze = edit.snooze();
        if (teamId != null) {
            part("teamId", () -> ticket.moveTo(checkedTeam(teamId), now));
        }
        if (assignee != null) {
            var personId = assignee.personId();
            part("assignee", () -> {
                if (personId != null && !canBeAssigned(personId, ticket.teamId(), known)) {
                    throw notInTeam();
                }
                ticket.assignTo(personId, now);
            });
        } else if (teamId != null) {
            letGoOfStranger(ticket, now, known);
        }
        if (priority != null) {
            ticket.changePriority(priority, now);
        }
        if (!edit.addedTags().isEmpty() || !edit.removedTags().isEmpty()) {
            part("addTags", () -> {
                var tags = new TreeSet<>(ticket.tags());
                tags.removeAll(TicketTags.normalised(edit.removedTags()));
                tags.addAll(TicketTags.normalised(edit.addedTags()));
                ticket.changeTags(TicketTags.normalised(tags), now);
            });
        }
        if (dueDate != null) {
            part("dueDate", () -> ticket.changeDueDate(checkedDueDate(dueDate.at()), now));
        }
        if (status != null) {
            part("status", () -> ticket.changeStatus(status, now));
        }
        if (snooze != null) {
            part("snooze", () -> {
                if (snooze.isOver()) {
                    ticket.wake(WakeReason.BY_HAND, now);
                } else {
                    ticket.snooze(checkedSnooze(snooze.until(), now), viewer.personId(), now);
                }
            });
        }
    }

    private static void part(String name, Runnable verb) {
        try {
            verb.run();
        } catch (Problem refused) {
            throw refused.with(TicketEdit.REFUSED_PART, name);
        }
    }

    /** Lets an assignee go who is not in the ticket's team. */
    private void letGoOfStranger(Ticket ticket, Instant now, Map<PersonInTeam, Boolean> known) {
        if (ticket.assigneeId() != null && !canBeAssigned(ticket.assigneeId(), ticket.teamId(), known)) {
            ticket.assignTo(null, now);
        }
    }

    private TicketView change(long number, Viewer viewer, long expectedVersion, BiConsumer<Ticket, Instant> verb) {
        apply(number, viewer, expectedVersion, verb);
        return views.get(number);
    }

    private void apply(long number, Viewer viewer, @Nullable Long expectedVersion, BiConsumer<Ticket, Instant> verb) {
        var ticket = changeable(number, viewer);
        if (expectedVersion != null) {
            EntityVersion.check(expectedVersion, ticket.version());
        }
        var now = clock.instant();
        verb.accept(ticket, now);
        repository.flush();
        writeHistory(ticket, viewer.personId(), now);
    }

    private void applyByItself(long number, BiConsumer<Ticket, Instant> verb) {
        var ticket = repository.findById(number).orElseThrow(Problem::notFound);
        var now = clock.instant();
        verb.accept(ticket, now);
        repository.flush();
        writeHistory(ticket, null, now);
    }

    /** Locked, and no part of another. */
    Ticket changeable(long number, Viewer viewer) {
        var ticket = visible(number, viewer);
        if (ticket.isMerged()) {
            throw merged(ticket, viewer);
        }
        return ticket;
    }

    /** What refuses to change a merged ticket. */
    Problem merged(Ticket ticket, Viewer viewer) {
        var root = views.root(ticket.number());
        return TicketProblem.merged(viewer.isStaff() || views.isVisible(root, viewer) ? root : null);
    }

    /** Locked. */
    Ticket visible(long number, Viewer viewer) {
        return repository
                .findById(number)
                .filter(ticket ->
                        TicketScope.includes(viewer, ticket.requesterId(), ticket.organisationId(), ticket.teamId()))
                .orElseThrow(Problem::notFound);
    }

    void writeHistory(Ticket ticket, @Nullable UUID actorId, Instant now) {
        history.write(List.of(ticket), actorId, now);
    }

    private void writeEvent(long number, @Nullable UUID actorId, TicketChange change, Instant now) {
        jdbc.sql("""
                insert into ticket_event (ticket_number, actor_id, kind, from_value, to_value, occurred_at)
                values (:number, :actor, :kind, :from, :to, :now)""")
                .param("number", number)
                .param("actor", actorId)
                .param("kind", change.kind().name())
                .param("from", change.from())
                .param("to", change.to())
                .param("now", Sql.timestamp(now))
                .update();
    }

    private Requester requester(UUID personId) {
        return jdbc.sql("select organisation_id from person where id = :id and deactivated_at is null")
                .param("id", personId)
                .query((row, index) -> new Requester(Sql.uuidOrNull(row, "organisation_id")))
                .optional()
                .orElseThrow(() -> Problem.invalidField("requesterId", "Unknown", "is nobody who can ask for help"));
    }

    private UUID defaultTeam() {
        return jdbc.sql("select id from team where is_default")
                .query(UUID.class)
                .single();
    }

    private UUID checkedTeam(UUID teamId) {
        if (!isTeam(teamId)) {
            throw Problem.invalidField("teamId", "Unknown", "is no team");
        }
        return teamId;
    }

    boolean isTeam(UUID teamId) {
        return jdbc.sql("select exists (select from team where id = :id)")
                .param("id", teamId)
                .query(Boolean.class)
                .single();
    }

    private UUID checkedAssignee(UUID personId, UUID teamId) {
        if (!canBeAssigned(personId, teamId)) {
            throw notInTeam();
        }
        return personId;
    }

    private static Problem notInTeam() {
        return Problem.invalidField(
                "assigneeId", "NotInTeam", "must be an active agent of the ticket's team or an administrator");
    }

    /** Cut to what PostgreSQL keeps, and within what any calendar shows. */
    static @Nullable Instant checkedDueDate(@Nullable Instant dueAt) {
        if (dueAt == null) {
            return null;
        }
        if (dueAt.isBefore(EARLIEST_DUE_DATE) || dueAt.isAfter(LATEST_DUE_DATE)) {
            throw Problem.invalidField("dueAt", "Range", "must lie between the years 2000 and 2100");
        }
        return dueAt.truncatedTo(ChronoUnit.MILLIS);
    }

    private static @Nullable Instant checkedSnooze(@Nullable Instant until, Instant now) {
        if (until == null) {
            return null;
        }
        // Refused before it is cut: beyond these years there is nothing to cut.
        if (until.isAfter(now.plus(SNOOZE_MAX))
                || !until.truncatedTo(ChronoUnit.MILLIS).isAfter(now)) {
            throw Problem.invalidField("until", "Range", "must lie ahead, within a year");
        }
        return until.truncatedTo(ChronoUnit.MILLIS);
    }

    boolean canBeAssigned(UUID personId, UUID teamId, Map<PersonInTeam, Boolean> known) {
        return known.computeIfAbsent(new PersonInTeam(personId, teamId), pair -> canBeAssigned(personId, teamId));
    }

    private boolean canBeAssigned(UUID personId, UUID teamId) {
        return Objects.requireNonNull(jdbc.sql("""
                select exists (
                    select from person p where p.id = :person and p.deactivated_at is null
                      and (p.role = 'ADMINISTRATOR' or p.role = 'AGENT' and exists (
                          select from team_member m where m.person_id = p.id and m.team_id = :team)))""")
                .param("person", personId)
                .param("team", teamId)
                .query(Boolean.class)
                .single());
    }

    record PersonInTeam(UUID personId, UUID teamId) {}

    private record Requester(@Nullable UUID organisationId) {}
}
