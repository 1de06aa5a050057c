package io.tealdesk.sla;

import io.tealdesk.tickets.TicketStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reckons a ticket's clocks from its history alone: the same history always makes the same clocks. */
final class SlaClocks {

    private final SlaHistory history;
    private final SlaPolicy policy;
    private final BusinessHours hours;
    private final List<Stretch> stretches;

    private SlaClocks(SlaHistory history, SlaPolicy policy, BusinessHours hours) {
        this.history = history;
        this.policy = policy;
        this.hours = hours;
        this.stretches = running(history, policy.rules().pauses());
    }

    /** @param hours what the policy counts in */
    static List<SlaClock> of(SlaHistory history, SlaPolicy policy, BusinessHours hours) {
        return new SlaClocks(history, policy, hours).all();
    }

    private List<SlaClock> all() {
        var clocks = new ArrayList<SlaClock>();
        var firstReply = policy.rules().firstReplyMinutes();
        var nextReply = policy.rules().nextReplyMinutes();
        var resolution = policy.rules().resolutionMinutes();
        if (firstReply != null) {
            clocks.add(clock(SlaTarget.FIRST_REPLY, 0, firstReply, history.createdAt(), history.firstRepliedAt()));
        }
        if (nextReply != null) {
            addNextReplies(clocks, nextReply);
        }
        if (resolution != null) {
            var isFulfilled = history.status() == TicketStatus.RESOLVED || history.status() == TicketStatus.CLOSED;
            clocks.add(clock(
                    SlaTarget.RESOLUTION,
                    0,
                    resolution,
                    history.createdAt(),
                    isFulfilled && !history.isMerged() ? doneAt() : null));
        }
        return clocks;
    }

    /** What the customer wrote before the first reply waits for that one. */
    private void addNextReplies(List<SlaClock> clocks, int minutes) {
        if (history.firstRepliedAt() == null) {
            return;
        }
        SlaHistory.PublicMessage waiting = null;
        for (var message : history.messages()) {
            if (message.at().isBefore(history.firstRepliedAt())) {
                continue;
            }
            if (!message.isByStaff() && waiting == null) {
                waiting = message;
            } else if (message.isByStaff() && waiting != null) {
                clocks.add(clock(SlaTarget.NEXT_REPLY, waiting.id(), minutes, waiting.at(), message.at()));
                waiting = null;
            }
        }
        if (waiting != null) {
            clocks.add(clock(SlaTarget.NEXT_REPLY, waiting.id(), minutes, waiting.at(), null));
        }
    }

    /** @param fulfilledAt null where what was promised was not done */
    private SlaClock clock(
            SlaTarget target, long cycle, int minutes, Instant startedAt, @Nullable Instant fulfilledAt) {
        var endedAt = fulfilledAt != null ? fulfilledAt : history.isDone() ? doneAt() : null;
        var state = fulfilledAt != null
                ? SlaClockState.FULFILLED
                : endedAt != null ? SlaClockState.DROPPED : isRunning() ? SlaClockState.RUNNING : SlaClockState.PAUSED;
        var promised = Duration.ofMinutes(minutes);
        var warned = promised.multipliedBy(policy.rules().warningPercent()).dividedBy(100);
        var end = endedAt != null ? endedAt : Instant.MAX;
        return new SlaClock(
                target,
                cycle,
                policy.id(),
                state,
                startedAt,
                promised,
                elapsed(startedAt, end),
                reached(startedAt, end, warned),
                reached(startedAt, end, promised),
                endedAt);
    }

    private boolean isRunning() {
        return !stretches.isEmpty() && stretches.getLast().end == null;
    }

    private Instant doneAt() {
        return history.resolvedAt() != null
                ? history.resolvedAt()
                : history.changes().isEmpty()
                        ? history.createdAt()
                        : history.changes().getLast().at();
    }

    /** What ends exactly as its time is over has been in time. */
    private @Nullable Instant reached(Instant from, Instant end, Duration promised) {
        var left = promised;
        for (var stretch : stretches) {
            var begin = later(from, stretch.start);
            var stop = stretch.end == null ? end : earlier(end, stretch.end);
            if (!begin.isBefore(stop)) {
                continue;
            }
            var due = hours.after(begin, left).orElse(null);
            if (due != null && (due.isBefore(stop) || (due.equals(stretch.end) && due.isBefore(end)))) {
                return due;
            }
            if (stop.equals(Instant.MAX)) {
                return null;
            }
            left = left.minus(hours.elapsed(begin, stop));
        }
        return null;
    }

    private Duration elapsed(Instant from, Instant end) {
        var sum = Duration.ZERO;
        for (var stretch : stretches) {
            var stop = stretch.end == null ? end : earlier(end, stretch.end);
            if (!stop.equals(Instant.MAX)) {
                sum = sum.plus(hours.elapsed(later(from, stretch.start), stop));
            }
        }
        return sum;
    }

    /** When a clock of this ticket may run, in order. The last one has no end where it still does. */
    private static List<Stretch> running(SlaHistory history, Set<SlaPause> pauses) {
        var runs = EnumSet.of(TicketStatus.OPEN, TicketStatus.IN_PROGRESS);
        if (!pauses.contains(SlaPause.WAITING_ON_CUSTOMER)) {
            runs.add(TicketStatus.WAITING_ON_CUSTOMER);
        }
        if (!pauses.contains(SlaPause.WAITING_ON_THIRD_PARTY)) {
            runs.add(TicketStatus.WAITING_ON_THIRD_PARTY);
        }
        var stretches = new ArrayList<Stretch>();
        var status = history.firstStatus();
        var isSnoozed = false;
        Instant since = runs.contains(status) ? history.createdAt() : null;
        for (var change : history.changes()) {
            status = Objects.requireNonNullElse(change.status(), status);
            isSnoozed = Objects.requireNonNullElse(change.isSnoozed(), isSnoozed);
            var runsNow = runs.contains(status) && !(isSnoozed && pauses.contains(SlaPause.SNOOZED));
            if (runsNow && since == null) {
                since = change.at();
            } else if (!runsNow && since != null) {
                stretches.add(new Stretch(since, change.at()));
                since = null;
            }
        }
        if (since != null) {
            stretches.add(new Stretch(since, null));
        }
        return stretches;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** @param end null for until further notice */
    private record Stretch(Instant start, @Nullable Instant end) {}
}
