package io.tealdesk.tickets;

import io.tealdesk.identity.Viewer;
import io.tealdesk.shared.Problem;
import io.tealdesk.shared.Sql;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Says what tickets are to each other, to whoever may see both. */
@Component
public class TicketLinks {

    private static final int LINKS_MAX = 100;
    /** One at a time says that a ticket is a duplicate: two at once could close a circle that neither sees. */
    private static final long DUPLICATES_LOCK = 0x7EA10024L;

    private final Tickets tickets;
    private final TicketViews views;
    private final TicketRepository repository;
    private final JdbcClient jdbc;
    private final Clock clock;

    TicketLinks(Tickets tickets, TicketViews views, TicketRepository repository, JdbcClient jdbc, Clock clock) {
        this.tickets = tickets;
        this.views = views;
        this.repository = repository;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Those to tickets that the viewer may see, the oldest first. */
    List<TicketLink> links(long number, Viewer viewer) {
        views.requireVisible(number, viewer);
        var scope = TicketScope.of(viewer);
        return jdbc.sql("""
                        select l.id, l.kind, l.from_number = :number as is_from, t.number, t.subject, t.status
                        from ticket_link l
                        join ticket t on t.number = case l.from_number when :number then l.to_number else l.from_number end
                        where (l.from_number = :number or l.to_number = :number) and %s
                        order by l.id limit :limit""".formatted(scope.condition()))
                .params(scope.parameters())
                .param("number", number)
                .param("limit", LINKS_MAX)
                .query((row, index) -> {
                    var kept = TicketRelation.valueOf(row.getString("kind"));
                    return new TicketLink(
                            Sql.uuid(row, "id"),
                            row.getBoolean("is_from") ? kept : kept.inverse(),
                            new LinkedTicket(
                                    row.getLong("number"),
                                    row.getString("subject"),
                                    TicketStatus.valueOf(row.getString("status"))));
                })
                .list();
    }

    /** Linking what is linked like this already is no error: the wish is already true. */
    @Transactional
    TicketLink link(long number, TicketRelation relation, long other, Viewer viewer) {
        if (other == number) {
            throw Problem.invalidField("number", "Same", "is this ticket itself");
        }
        if (relation == TicketRelation.DUPLICATE_OF || relation == TicketRelation.DUPLICATED_BY) {
            jdbc.sql("select pg_advisory_xact_lock(:key)")
                    .param("key", DUPLICATES_LOCK)
                    .query()
                    .singleRow();
        }
        var ends = locked(number, other, viewer);
        var isLinked = links(number, viewer).stream().anyMatch(link -> link.isTo(relation, other));
        if (!isLinked) {
            requireRoom(number);
            requireRoom(other);
            var kept = Kept.of(number, relation, other);
            if (kept.relation == TicketRelation.DUPLICATE_OF && isDuplicateOf(kept.to, kept.from)) {
                throw TicketProblem.duplicatesInACircle();
            }
            insert(kept, viewer);
            note(TicketEventKind.LINKED, ends, relation, viewer);
        }
        return links(number, viewer).stream()
                .filter(link -> link.isTo(relation, other))
                .findFirst()
                .orElseThrow(Problem::notFound);
    }

    /** Removing what is gone is no error; said again by {@link #link}, it is there again. */
    @Transactional
    void unlink(long number, UUID id, Viewer viewer) {
        var link = links(number, viewer).stream()
                .filter(one -> one.id.equals(id))
                .findFirst()
                .orElseThrow(Problem::notFound);
        var ends = locked(number, link.ticket.number, viewer);
        var isGone = jdbc.sql("delete from ticket_link where id = :id")
                        .param("id", id)
                        .update()
                == 1;
        if (isGone) {
            note(TicketEventKind.UNLINKED, ends, link.relation, viewer);
        }
    }

    /** Links what was split from a ticket with it; history says so already. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void linkSplit(long number, long from, Viewer viewer) {
        insert(Kept.of(number, TicketRelation.RELATED, from), viewer);
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void unlinkSplit(long number, long from) {
        jdbc.sql("delete from ticket_link where kind = 'RELATED' and from_number = :from and to_number = :to")
                .param("from", Math.min(number, from))
                .param("to", Math.max(number, from))
                .update();
    }

    private Ends locked(long number, long other, Viewer viewer) {
        // In the order of numbers, as everybody who locks more than one.
        var first = tickets.changeable(Math.min(number, other), viewer);
        var second = tickets.changeable(Math.max(number, other), viewer);
        return first.number() == number ? new Ends(first, second) : new Ends(second, first);
    }

    private void requireRoom(long number) {
        var links = jdbc.sql("select count(*) from ticket_link where from_number = :number or to_number = :number")
                .param("number", number)
                .query(Integer.class)
                .single();
        if (links >= LINKS_MAX) {
            throw TicketProblem.tooManyLinks();
        }
    }

    private boolean isDuplicateOf(long number, long original) {
        return Objects.requireNonNull(jdbc.sql("""
                        with recursive original (number) as (
                            select cast(:number as bigint)
                            union
                            select l.to_number from original o
                            join ticket_link l on l.from_number = o.number and l.kind = 'DUPLICATE_OF')
                        select exists (select from original where number = :original)""")
                .param("number", number)
                .param("original", original)
                .query(Boolean.class)
                .single());
    }

    private void insert(Kept link, Viewer viewer) {
        jdbc.sql("""
                insert into ticket_link (from_number, kind, to_number, created_by, created_at)
                values (:from, :kind, :to, :viewer, :now)""")
                .param("from", link.from)
                .param("kind", link.relation.name())
                .param("to", link.to)
                .param("viewer", viewer.personId())
                .param("now", Sql.timestamp(clock.instant()))
                .update();
    }

    private void note(TicketEventKind kind, Ends ends, TicketRelation relation, Viewer viewer) {
        var now = clock.instant();
        ends.here.noteLink(kind, relation, ends.there.number(), now);
        ends.there.noteLink(kind, relation.inverse(), ends.here.number(), now);
        repository.flush();
        tickets.writeHistory(ends.here, viewer.personId(), now);
        tickets.writeHistory(ends.there, viewer.personId(), now);
    }

    /** A link as one end sees it. */
    record TicketLink(UUID id, TicketRelation relation, LinkedTicket ticket) {

        boolean isTo(TicketRelation other, long number) {
            return relation == other && ticket.number == number;
        }
    }

    record LinkedTicket(long number, String subject, TicketStatus status) {}

    private record Ends(Ticket here, Ticket there) {}

    /** A link as it is kept. */
    private record Kept(long from, TicketRelation relation, long to) {

        static Kept of(long number, TicketRelation relation, long other) {
            var isFrom = relation == TicketRelation.RELATED ? number < other : relation.isKept();
            return isFrom ? new Kept(number, relation, other) : new Kept(other, relation.inverse(), number);
        }
    }
}
