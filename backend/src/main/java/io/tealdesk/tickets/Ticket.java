package io.tealdesk.tickets;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.OptimisticLock;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * One request for help. Each verb notes what it changed; {@link Tickets} takes the notes and writes them to the history
 * in the same transaction, so that no change can forget its line. What merely follows from a message does not raise the
 * version: a reply is no reason to refuse somebody's change of priority.
 */
@Entity
@Table(name = "ticket")
@SuppressWarnings("UnusedVariable") // Some fields are only read by SQL.
class Ticket {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "ticket_number_seq")
    @SequenceGenerator(name = "ticket_number_seq", sequenceName = "ticket_number_seq", allocationSize = 1)
    private @Nullable Long number;

    private String subject;

    @Enumerated(EnumType.STRING)
    private TicketStatus status;

    @Enumerated(EnumType.STRING)
    private TicketPriority priority;

    private UUID requesterId;
    private @Nullable UUID organisationId;
    private UUID teamId;
    private @Nullable UUID assigneeId;

    @JdbcTypeCode(SqlTypes.ARRAY)
    private String[] tags = {};

    private @Nullable Instant dueAt;
    private Instant createdAt;

    @OptimisticLock(excluded = true)
    private Instant updatedAt;

    @OptimisticLock(excluded = true)
    private @Nullable Instant firstRepliedAt;

    private @Nullable Instant resolvedAt;

    private @Nullable Instant snoozedAt;
    private @Nullable Instant snoozedUntil;
    private @Nullable UUID snoozedBy;

    @OptimisticLock(excluded = true)
    private Instant lastMessageAt;

    @Enumerated(EnumType.STRING)
    @OptimisticLock(excluded = true)
    private Speaker lastMessageBy;

    @Version
    private long version;

    @Transient
    private final List<TicketChange> changes = new ArrayList<>();

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected Ticket() {}

    Ticket(
            String subject,
            UUID requesterId,
            @Nullable UUID organisationId,
            UUID teamId,
            TicketPriority priority,
            Speaker openedBy,
            Instant now) {
        this.subject = subject;
        this.requesterId = requesterId;
        this.organisationId = organisationId;
        this.teamId = teamId;
        this.priority = priority;
        this.status = TicketStatus.OPEN;
        this.createdAt = now;
        this.updatedAt = now;
        this.lastMessageAt = now;
        this.lastMessageBy = openedBy;
        changes.add(new TicketChange(TicketEventKind.OPENED, null, null));
    }

    void changeStatus(TicketStatus newStatus, Instant now) {
        if (newStatus == status) {
            return;
        }
        if (!status.canTransitionTo(newStatus)) {
            throw TicketProblem.illegalStatusChange(status, newStatus);
        }
        note(TicketEventKind.STATUS, status.name(), newStatus.name(), now);
        if (newStatus.isDone() && resolvedAt == null) {
            resolvedAt = now;
        } else if (!newStatus.isDone()) {
            resolvedAt = null;
        }
        status = newStatus;
        if (newStatus.isDone()) {
            wake(WakeReason.DONE, now);
        }
    }

    /** Closing what is closed and reopening what is open are no errors: the wish is already true. */
    void close(Instant now) {
        if (status != TicketStatus.CANCELLED) {
            changeStatus(TicketStatus.CLOSED, now);
        }
    }

    void reopen(Instant now) {
        if (status.isDone()) {
            changeStatus(TicketStatus.OPEN, now);
        }
    }

    void changeSubject(String newSubject, Instant now) {
        if (!newSubject.equals(subject)) {
            note(TicketEventKind.SUBJECT, subject, newSubject, now);
            subject = newSubject;
        }
    }

    void changePriority(TicketPriority newPriority, Instant now) {
        if (newPriority != priority) {
            note(TicketEventKind.PRIORITY, priority.name(), newPriority.name(), now);
            priority = newPriority;
        }
    }

    void moveTo(UUID newTeamId, Instant now) {
        if (!newTeamId.equals(teamId)) {
            note(TicketEventKind.TEAM, teamId.toString(), newTeamId.toString(), now);
            teamId = newTeamId;
        }
    }

    void assignTo(@Nullable UUID newAssigneeId, Instant now) {
        if (!Objects.equals(newAssigneeId, assigneeId)) {
            note(TicketEventKind.ASSIGNEE, text(assigneeId), text(newAssigneeId), now);
            assigneeId = newAssigneeId;
        }
    }

    void changeTags(SortedSet<String> newTags, Instant now) {
        var former = new TreeSet<>(List.of(tags));
        if (!newTags.equals(former)) {
            note(TicketEventKind.TAGS, joined(former), joined(newTags), now);
            tags = newTags.toArray(String[]::new);
        }
    }

    void changeDueDate(@Nullable Instant newDueAt, Instant now) {
        if (!Objects.equals(newDueAt, dueAt)) {
            note(TicketEventKind.DUE_DATE, text(dueAt), text(newDueAt), now);
            dueAt = newDueAt;
        }
    }

    /** Takes in that staff answered: the first answer starts the work unless the agent says where it stands. */
    void repliedByStaff(@Nullable TicketStatus thenStatus, Instant now) {
        spoke(Speaker.STAFF, now);
        if (firstRepliedAt == null) {
            firstRepliedAt = now;
        }
        if (thenStatus != null) {
            changeStatus(thenStatus, now);
        } else if (status == TicketStatus.OPEN) {
            changeStatus(TicketStatus.IN_PROGRESS, now);
        }
    }

    /** Takes in that the customer wrote: whatever waited or was resolved is to do again. */
    void repliedByCustomer(Instant now) {
        if (status == TicketStatus.CLOSED || status == TicketStatus.CANCELLED) {
            throw TicketProblem.closed();
        }
        spoke(Speaker.REQUESTER, now);
        if (status.lane() != Lane.TO_DO) {
            var isReopened = status == TicketStatus.RESOLVED;
            changeStatus(isReopened ? TicketStatus.OPEN : toDo(), now);
        }
        wake(WakeReason.ANSWER, now);
    }

    /** @param until null for until the customer answers, which ends every other snooze too */
    void snooze(@Nullable Instant until, UUID agentId, Instant now) {
        if (status.isDone()) {
            throw TicketProblem.doneIsNotSnoozed(status);
        }
        if (isSnoozed() && Objects.equals(until, snoozedUntil)) {
            return;
        }
        note(TicketEventKind.SNOOZED, text(snoozedUntil), text(until), now);
        snoozedAt = now;
        snoozedUntil = until;
        snoozedBy = agentId;
    }

    /** Waking what is awake is no error: the wish is already true. */
    void wake(WakeReason reason, Instant now) {
        if (!isSnoozed()) {
            return;
        }
        note(TicketEventKind.WOKEN, null, reason.name(), now);
        snoozedAt = null;
        snoozedUntil = null;
        snoozedBy = null;
    }

    /**
     * Ends a snooze whose time has come. That nobody answered meanwhile is something to do, so a ticket that waits does so
     * no longer. An answer, or an end of the ticket, has ended it already, unless a release wrote them that knows no
     * snoozing.
     */
    void wakeIfDue(Instant now) {
        if (snoozedAt == null) {
            return;
        }
        if (status.isDone()) {
            wake(WakeReason.DONE, now);
        } else if (lastMessageBy == Speaker.REQUESTER && lastMessageAt.isAfter(snoozedAt)) {
            wake(WakeReason.ANSWER, now);
        } else if (snoozedUntil != null && !snoozedUntil.isAfter(now)) {
            wake(WakeReason.TIME, now);
            if (status.lane() == Lane.WAITING) {
                changeStatus(toDo(), now);
            }
        }
    }

    void noted(Instant now) {
        updatedAt = now;
    }

    /** What changed since the ticket was loaded or this was last called. */
    List<TicketChange> takeChanges() {
        var taken = List.copyOf(changes);
        changes.clear();
        return taken;
    }

    private boolean isSnoozed() {
        return snoozedAt != null;
    }

    private TicketStatus toDo() {
        return assigneeId == null ? TicketStatus.OPEN : TicketStatus.IN_PROGRESS;
    }

    private void spoke(Speaker speaker, Instant now) {
        lastMessageAt = now;
        lastMessageBy = speaker;
        updatedAt = now;
    }

    private void note(TicketEventKind kind, @Nullable String from, @Nullable String to, Instant now) {
        changes.add(new TicketChange(kind, from, to));
        updatedAt = now;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static @Nullable String joined(SortedSet<String> tags) {
        return tags.isEmpty() ? null : String.join(",", tags);
    }

    long number() {
        return Objects.requireNonNull(number, "not stored yet");
    }

    TicketStatus status() {
        return status;
    }

    TicketPriority priority() {
        return priority;
    }

    UUID requesterId() {
        return requesterId;
    }

    @Nullable UUID organisationId() {
        return organisationId;
    }

    UUID teamId() {
        return teamId;
    }

    @Nullable UUID assigneeId() {
        return assigneeId;
    }

    String subject() {
        return subject;
    }

    List<String> tags() {
        return List.of(tags);
    }

    long version() {
        return version;
    }

    /** Who spoke last. */
    enum Speaker {
        REQUESTER,
        STAFF
    }
}
