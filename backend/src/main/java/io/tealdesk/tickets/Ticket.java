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
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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

    private @Nullable Long mergedInto;

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
        become(newStatus, now);
    }

    private void become(TicketStatus newStatus, Instant now) {
        if (newStatus == status) {
            return;
        }
        note(TicketEventKind.STATUS, status.name(), newStatus.name(), now);
        if (newStatus.isDone() && resolvedAt == null) {
            resolvedAt = now;
        } else if (!newStatus.isDone()) {
            resolvedAt = null;
        }
        forgetFormerMerge();
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

    /** From now on this ticket is part of another, and only {@link #takeOut} changes it. */
    void mergeInto(long target, Instant now) {
        become(TicketStatus.CLOSED, now);
        note(TicketEventKind.MERGED_INTO, null, Long.toString(target), now);
        mergedInto = target;
    }

    /**
     * Takes in that another ticket has become part of this one: its last word may be the newer one, and what was to do
     * there is to do here.
     *
     * @param other as it was before
     */
    void takeIn(long number, TicketState other, Instant now) {
        forgetFormerMerge();
        note(TicketEventKind.MERGED, null, Long.toString(number), now);
        if (other.lastMessageAt().isAfter(lastMessageAt)) {
            lastMessageAt = other.lastMessageAt();
            lastMessageBy = other.lastMessageBy();
        }
        if (other.lane() == Lane.TO_DO && lane() != Lane.TO_DO) {
            wake(WakeReason.BY_HAND, now);
            if (status.lane() != Lane.TO_DO) {
                become(status.isDone() ? TicketStatus.OPEN : toDo(), now);
            }
        }
    }

    /** Makes a merged ticket one of its own again, as it was before. */
    void takeOut(TicketState before, Instant now) {
        note(TicketEventKind.TAKEN_OUT, text(mergedInto), null, now);
        mergedInto = null;
        bringBack(before, now);
    }

    /** Takes in that another ticket, which was part of this one, is one of its own again. */
    void letGo(long number, Instant now) {
        note(TicketEventKind.LET_GO, Long.toString(number), null, now);
    }

    /** Undoes what {@link #takeIn} changed, as far as nothing has happened since. */
    boolean undoTakeIn(TicketState before, TicketState after, Instant now) {
        var isSilent = after.lastMessageAt().equals(lastMessageAt);
        if (isSilent) {
            lastMessageAt = before.lastMessageAt();
            lastMessageBy = before.lastMessageBy();
        }
        if (before.standsLike(after)) {
            return true;
        }
        // An answer is something to do, also where there was something to do already.
        if (!isSilent || !after.standsLike(state())) {
            return false;
        }
        bringBack(before, now);
        return true;
    }

    private void bringBack(TicketState before, Instant now) {
        if (before.status() != status) {
            note(TicketEventKind.STATUS, status.name(), before.status().name(), now);
        }
        status = before.status();
        resolvedAt = before.resolvedAt();
        if (before.snoozedAt() != null && !isSnoozed()) {
            note(TicketEventKind.SNOOZED, null, text(before.snoozedUntil()), now);
        }
        snoozedAt = before.snoozedAt();
        snoozedUntil = before.snoozedUntil();
        snoozedBy = before.snoozedBy();
    }

    /** A customer who may not see what this ticket has become part of goes on writing here. */
    void repliedToWhenMerged(Instant now) {
        spoke(Speaker.REQUESTER, now);
    }

    /** Messages have left for a ticket of their own. */
    void splitInto(long other, TicketSpeech left, Instant now) {
        note(TicketEventKind.SPLIT, null, Long.toString(other), now);
        speaks(left);
    }

    /** A ticket made of messages was asked for when the first of them was written. */
    void splitFrom(long other, Instant askedAt, TicketSpeech taken, Instant now) {
        note(TicketEventKind.SPLIT_FROM, null, Long.toString(other), now);
        createdAt = askedAt;
        speaks(taken);
    }

    /** Messages that had become a ticket of their own are back; what was said since stays. */
    void tookBack(long other, TicketSpeech before, TicketSpeech after, Instant now) {
        note(TicketEventKind.SPLIT_UNDONE, Long.toString(other), null, now);
        if (Objects.equals(after.lastMessageAt(), lastMessageAt)) {
            speaks(new TicketSpeech(firstRepliedAt, before.lastMessageAt(), before.isLastByStaff()));
        }
        if (before.firstRepliedAt() != null) {
            firstRepliedAt = before.firstRepliedAt();
        }
    }

    /** What is left of a split that was undone leads to the ticket that it came from. */
    void wentBackTo(long other, Instant now) {
        become(TicketStatus.CLOSED, now);
        note(TicketEventKind.SPLIT_UNDONE, Long.toString(other), null, now);
        mergedInto = other;
    }

    private void speaks(TicketSpeech speech) {
        firstRepliedAt = speech.firstRepliedAt();
        if (speech.lastMessageAt() != null) {
            lastMessageAt = speech.lastMessageAt();
            lastMessageBy = speech.isLastByStaff() ? Speaker.STAFF : Speaker.REQUESTER;
        }
    }

    TicketSpeech speech() {
        return new TicketSpeech(firstRepliedAt, lastMessageAt, lastMessageBy == Speaker.STAFF);
    }

    void noteLink(TicketEventKind kind, TicketRelation relation, long other, Instant now) {
        var value = relation.name() + ':' + other;
        if (kind == TicketEventKind.LINKED) {
            note(kind, null, value, now);
        } else {
            note(kind, value, null, now);
        }
    }

    /** One that a release which knows no merging has reopened is not. */
    boolean isMerged() {
        return mergedInto != null && status == TicketStatus.CLOSED;
    }

    private void forgetFormerMerge() {
        if (!isMerged()) {
            mergedInto = null;
        }
    }

    TicketState state() {
        return new TicketState(status, resolvedAt, snoozedAt, snoozedUntil, snoozedBy, lastMessageAt, lastMessageBy);
    }

    private Lane lane() {
        return Lane.of(status, isSnoozed());
    }

    /**
     * Goes back to how a property was before somebody's change, if it still is as that change left it. Of tags, each
     * for itself. What the graph of statuses refuses is no question here: the ticket was there.
     *
     * @param snoozing whose snooze it goes back to, and since when it was over
     * @param formerlyResolvedAt when it was done before the change, for a status of one that was
     * @return whether it is as it was
     */
    boolean restore(PropertyChange change, Snoozing snoozing, @Nullable Instant formerlyResolvedAt, Instant now) {
        var from = change.from();
        var current = properties().get(change.property());
        if (change.property() == TicketProperty.TAGS) {
            return restoreTags(change, now);
        }
        if (Objects.equals(current, from)) {
            return true;
        }
        if (!Objects.equals(current, change.to())) {
            return false;
        }
        switch (change.property()) {
            case STATUS -> restoreStatus(TicketStatus.valueOf(needed(from)), formerlyResolvedAt, now);
            case PRIORITY -> changePriority(TicketPriority.valueOf(needed(from)), now);
            case TEAM -> moveTo(UUID.fromString(needed(from)), now);
            case ASSIGNEE -> assignTo(from == null ? null : UUID.fromString(from), now);
            case DUE_DATE -> changeDueDate(from == null ? null : Instant.parse(from), now);
            case SUBJECT -> changeSubject(needed(from), now);
            case SNOOZE -> {
                if (from == null) {
                    wake(WakeReason.BY_HAND, now);
                } else {
                    return restoreSnooze(from, snoozing, now);
                }
            }
            case TAGS -> throw new IllegalStateException("restored above");
        }
        return true;
    }

    private void restoreStatus(TicketStatus former, @Nullable Instant formerlyResolvedAt, Instant now) {
        note(TicketEventKind.STATUS, status.name(), former.name(), now);
        forgetFormerMerge();
        status = former;
        resolvedAt = !former.isDone() ? null : resolvedAt != null ? resolvedAt : formerlyResolvedAt;
        if (former.isDone()) {
            wake(WakeReason.DONE, now);
        }
    }

    private boolean restoreTags(PropertyChange change, Instant now) {
        var former = tagsOf(change.from());
        var left = tagsOf(change.to());
        var restored = new TreeSet<>(List.of(tags));
        left.stream().filter(tag -> !former.contains(tag)).forEach(restored::remove);
        former.stream().filter(tag -> !left.contains(tag)).forEach(restored::add);
        if (restored.size() > TicketTags.TAGS_MAX) {
            return false;
        }
        changeTags(restored, now);
        return true;
    }

    /** Not over an answer that came since: it would be out of sight. */
    private boolean restoreSnooze(String former, Snoozing snoozing, Instant now) {
        var until = former.equals(TicketProperty.UNTIL_ANSWER) ? null : Instant.parse(former);
        if (until != null && !until.isAfter(now)) {
            wake(WakeReason.TIME, now);
            return true;
        }
        if (status.isDone() || (lastMessageBy == Speaker.REQUESTER && lastMessageAt.isAfter(snoozing.endedAt))) {
            return false;
        }
        snooze(until, snoozing.agentId, now);
        return true;
    }

    private static SortedSet<String> tagsOf(@Nullable String joined) {
        return joined == null ? new TreeSet<>() : new TreeSet<>(List.of(joined.split(",")));
    }

    private static String needed(@Nullable String value) {
        return Objects.requireNonNull(value, "this property always has a value");
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

    /** All that people change, by value. */
    Map<TicketProperty, @Nullable String> properties() {
        var values = new EnumMap<TicketProperty, @Nullable String>(TicketProperty.class);
        values.put(TicketProperty.STATUS, status.name());
        values.put(TicketProperty.PRIORITY, priority.name());
        values.put(TicketProperty.TEAM, teamId.toString());
        values.put(TicketProperty.ASSIGNEE, text(assigneeId));
        values.put(TicketProperty.TAGS, joined(new TreeSet<>(List.of(tags))));
        values.put(TicketProperty.DUE_DATE, text(dueAt));
        values.put(TicketProperty.SUBJECT, subject);
        values.put(
                TicketProperty.SNOOZE,
                !isSnoozed() ? null : snoozedUntil == null ? TicketProperty.UNTIL_ANSWER : snoozedUntil.toString());
        return values;
    }

    /** What differs from how it was. */
    List<PropertyChange> changesSince(Map<TicketProperty, @Nullable String> former) {
        var current = properties();
        return Arrays.stream(TicketProperty.values())
                .filter(property -> !Objects.equals(former.get(property), current.get(property)))
                .map(property -> new PropertyChange(property, former.get(property), current.get(property)))
                .toList();
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

    @Nullable Long mergedInto() {
        return mergedInto;
    }

    long version() {
        return version;
    }

    /** @param endedAt what the customer wrote since then was not answered by anybody who knew of the snooze */
    record Snoozing(UUID agentId, Instant endedAt) {}

    /** Who spoke last. */
    enum Speaker {
        REQUESTER,
        STAFF
    }
}
