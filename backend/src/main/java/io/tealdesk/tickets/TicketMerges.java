package io.tealdesk.tickets;

import io.tealdesk.identity.Viewer;
import io.tealdesk.shared.EntityVersion;
import io.tealdesk.shared.Problem;
import io.tealdesk.shared.Sql;
import io.tealdesk.tickets.TicketView.NameView;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes tickets part of another, and undoes it. Messages stay where they were written; whoever reads the target reads them
 * as well (docs/adr/0024-merging.md).
 */
@Component
class TicketMerges {

    static final int TICKETS_MAX = 100;
    private static final int SHOWN_MAX = 200;

    private final Tickets tickets;
    private final TicketViews views;
    private final TicketRepository repository;
    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;

    TicketMerges(
            Tickets tickets,
            TicketViews views,
            TicketRepository repository,
            JdbcClient jdbc,
            JsonMapper json,
            Clock clock) {
        this.tickets = tickets;
        this.views = views;
        this.repository = repository;
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /**
     * All of them or none.
     *
     * @param withOtherRequesters whether tickets of other people than the target's requester may be among them
     */
    @Transactional
    TicketMerge merge(Viewer viewer, SeenTicket target, List<SeenTicket> parts, boolean withOtherRequesters) {
        var seen = new TreeMap<Long, SeenTicket>();
        for (var ticket : parts) {
            if (ticket.number() == target.number() || seen.put(ticket.number(), ticket) != null) {
                throw Problem.invalidField("tickets", "Repeated", "names a ticket twice, or the target");
            }
        }
        seen.put(target.number(), target);
        // In the order of numbers, as everybody who locks more than one.
        var locked = new TreeMap<Long, Ticket>();
        seen.forEach((number, ticket) -> locked.put(number, asSeen(ticket, viewer)));
        var into = Objects.requireNonNull(locked.remove(target.number()));
        requireSameRequester(into, locked.values().stream().toList(), withOtherRequesters);

        var now = clock.instant();
        var before = into.state();
        var states = new HashMap<Long, TicketState>();
        locked.forEach((number, ticket) -> {
            var state = ticket.state();
            states.put(number, state);
            ticket.mergeInto(into.number(), now);
            into.takeIn(number, state, now);
        });
        repository.flush();
        locked.values().forEach(ticket -> tickets.writeHistory(ticket, viewer.personId(), now));
        tickets.writeHistory(into, viewer.personId(), now);
        var id = keep(into, before, states, viewer, now);
        return new TicketMerge(id, views.get(into.number()), List.copyOf(locked.keySet()));
    }

    private Ticket asSeen(SeenTicket seen, Viewer viewer) {
        try {
            var ticket = tickets.visible(seen.number(), viewer);
            if (ticket.isMerged()) {
                throw tickets.merged(ticket, viewer);
            }
            EntityVersion.check(seen.version(), ticket.version());
            return ticket;
        } catch (Problem refused) {
            throw refused.with("ticket", seen.number());
        }
    }

    private void requireSameRequester(Ticket target, List<Ticket> parts, boolean withOtherRequesters) {
        var others = parts.stream()
                .filter(part -> !part.requesterId().equals(target.requesterId()))
                .map(Ticket::number)
                .toList();
        if (!others.isEmpty() && !withOtherRequesters) {
            throw TicketProblem.otherRequesters(jdbc.sql("""
                            select t.number, p.id, p.name from ticket t join person p on p.id = t.requester_id
                            where t.number = any(:numbers) order by t.number""")
                    .param("numbers", others.toArray(Long[]::new))
                    .query((row, index) -> new OtherRequester(
                            row.getLong("number"), new NameView(Sql.uuid(row, "id"), row.getString("name"))))
                    .list());
        }
    }

    private UUID keep(Ticket target, TicketState before, Map<Long, TicketState> states, Viewer viewer, Instant now) {
        var id = jdbc.sql("""
                        insert into ticket_merge (target_number, target_before, target_after, merged_by, merged_at)
                        values (:target, cast(:before as jsonb), cast(:after as jsonb), :viewer, :now)
                        returning id""")
                .param("target", target.number())
                .param("before", json.writeValueAsString(before))
                .param("after", json.writeValueAsString(target.state()))
                .param("viewer", viewer.personId())
                .param("now", Sql.timestamp(now))
                .query(UUID.class)
                .single();
        states.forEach((number, state) -> jdbc.sql("""
                        insert into ticket_merge_part (merge_id, ticket_number, before)
                        values (:merge, :number, cast(:before as jsonb))""")
                .param("merge", id)
                .param("number", number)
                .param("before", json.writeValueAsString(state))
                .update());
        return id;
    }

    /** Makes the tickets of a merge what they were; says of what has become something else since that it was left. */
    @Transactional
    UndoneMerge undo(UUID id, Viewer viewer) {
        var merge = kept(id);
        var parts = new TreeMap<Long, TicketState>();
        jdbc.sql("select ticket_number, before from ticket_merge_part where merge_id = :id")
                .param("id", id)
                .query(row -> {
                    parts.put(row.getLong("ticket_number"), state(row.getString("before")));
                });
        views.requireVisible(merge.target, viewer);
        var locked = new TreeMap<Long, Ticket>();
        Stream.concat(parts.keySet().stream(), Stream.of(merge.target))
                .sorted()
                .forEach(
                        number -> locked.put(number, repository.findById(number).orElseThrow(Problem::notFound)));
        // Asked again under the lock: somebody may just have undone it.
        if (kept(id).isUndone) {
            return new UndoneMerge(views.get(merge.target), List.copyOf(parts.keySet()), List.of());
        }
        var now = clock.instant();
        var left = new ArrayList<LeftTicket>();
        var restored = new ArrayList<Ticket>();
        var target = Objects.requireNonNull(locked.remove(merge.target));
        locked.forEach((number, ticket) -> {
            if (!TicketScope.includes(viewer, ticket.requesterId(), ticket.organisationId(), ticket.teamId())) {
                left.add(new LeftTicket(number, LeftReason.NOT_VISIBLE));
            } else if (!ticket.isMerged() || !Objects.equals(ticket.mergedInto(), merge.target)) {
                left.add(new LeftTicket(number, LeftReason.CHANGED_MEANWHILE));
            } else {
                ticket.takeOut(Objects.requireNonNull(parts.get(number)), now);
                target.letGo(number, now);
                restored.add(ticket);
            }
        });
        if (left.isEmpty()) {
            if (!target.undoTakeIn(merge.before, merge.after, now)) {
                left.add(new LeftTicket(merge.target, LeftReason.CHANGED_MEANWHILE));
            }
            forgetInLaterMerges(id, merge);
        }
        repository.flush();
        restored.forEach(ticket -> tickets.writeHistory(ticket, viewer.personId(), now));
        tickets.writeHistory(target, viewer.personId(), now);
        jdbc.sql("update ticket_merge set undone_by = :viewer, undone_at = :now where id = :id")
                .param("viewer", viewer.personId())
                .param("now", Sql.timestamp(now))
                .param("id", id)
                .update();
        return new UndoneMerge(
                views.get(merge.target), restored.stream().map(Ticket::number).toList(), List.copyOf(left));
    }

    private Kept kept(UUID id) {
        return jdbc.sql("""
                        select target_number, target_before, target_after, undone_at
                        from ticket_merge where id = :id""")
                .param("id", id)
                .query((row, index) -> new Kept(
                        row.getLong("target_number"),
                        state(row.getString("target_before")),
                        state(row.getString("target_after")),
                        Sql.instantOrNull(row, "undone_at") != null))
                .optional()
                .orElseThrow(Problem::notFound);
    }

    /** Undone one day, a later merge must not bring back the last word of a ticket that is gone from here. */
    private void forgetInLaterMerges(UUID id, Kept merge) {
        jdbc.sql("""
                update ticket_merge
                set target_before = target_before || jsonb_build_object(
                        'lastMessageAt', cast(:before as jsonb) -> 'lastMessageAt',
                        'lastMessageBy', cast(:before as jsonb) -> 'lastMessageBy')
                where target_number = :target and id > :id and undone_at is null
                  and target_before -> 'lastMessageAt' = cast(:after as jsonb) -> 'lastMessageAt'""")
                .param("before", json.writeValueAsString(merge.before))
                .param("after", json.writeValueAsString(merge.after))
                .param("target", merge.target)
                .param("id", id)
                .update();
    }

    /** What has become part of a ticket, the newest first. */
    List<MergedTicket> merged(long number, Viewer viewer) {
        views.requireVisible(number, viewer);
        return jdbc.sql("""
                        select t.number, t.subject, r.id as requester_id, r.name as requester_name, g.id as merge_id,
                               g.merged_at, p.id as merged_by, p.name as merged_by_name
                        from ticket t
                        join person r on r.id = t.requester_id
                        left join lateral (
                            select m.* from ticket_merge m join ticket_merge_part mp on mp.merge_id = m.id
                            where mp.ticket_number = t.number and m.target_number = :number and m.undone_at is null
                            order by m.id desc limit 1) g on true
                        left join person p on p.id = g.merged_by
                        where t.merged_into = :number and t.status = 'CLOSED'
                        order by t.number desc limit :limit""")
                .param("number", number)
                .param("limit", SHOWN_MAX)
                .query((row, index) -> {
                    var mergedBy = Sql.uuidOrNull(row, "merged_by");
                    return new MergedTicket(
                            row.getLong("number"),
                            row.getString("subject"),
                            new NameView(Sql.uuid(row, "requester_id"), row.getString("requester_name")),
                            Sql.uuidOrNull(row, "merge_id"),
                            mergedBy == null ? null : new NameView(mergedBy, row.getString("merged_by_name")),
                            Sql.instantOrNull(row, "merged_at"));
                })
                .list();
    }

    private TicketState state(String text) {
        return json.readValue(text, TicketState.class);
    }

    /** A ticket in the version that somebody saw. */
    record SeenTicket(long number, long version) {}

    /** @param merged in the order of their numbers */
    record TicketMerge(UUID id, TicketView target, List<Long> merged) {}

    /** @param left what could not be made what it was, and why */
    record UndoneMerge(TicketView target, List<Long> restored, List<LeftTicket> left) {}

    record LeftTicket(long number, LeftReason reason) {}

    /** Why something was not undone. */
    enum LeftReason {
        CHANGED_MEANWHILE,
        NOT_VISIBLE
    }

    /**
     * A ticket that has become part of another.
     *
     * @param mergeId what undoes it; absent for what came back from a split
     */
    record MergedTicket(
            long number,
            String subject,
            NameView requester,
            @Nullable UUID mergeId,
            @Nullable NameView mergedBy,
            @Nullable Instant mergedAt) {}

    private record OtherRequester(long number, NameView requester) {}

    private record Kept(long target, TicketState before, TicketState after, boolean isUndone) {}
}
