package io.tealdesk.conversations;

import io.tealdesk.identity.Viewer;
import io.tealdesk.shared.Cursor;
import io.tealdesk.shared.Page;
import io.tealdesk.shared.Problem;
import io.tealdesk.shared.Sql;
import io.tealdesk.tickets.Lane;
import io.tealdesk.tickets.TicketScope;
import io.tealdesk.tickets.TicketStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads tickets for customers, with nothing in them that is internal. */
@Component
class PortalTickets {

    private static final String ORDER = "portal-updated";
    // What a customer calls the last change is the last public word, not what staff did behind it.
    // A merged request stands where the one stands that it has become part of; what that one waits for is another's
    // answer.
    private static final String SELECT = """
            select t.number, t.subject,
                   case when root.number is null then t.status
                        when root.status = 'WAITING_ON_CUSTOMER' then 'IN_PROGRESS'
                        else root.status end as status,
                   coalesce(root.first_replied_at, t.first_replied_at) is not null as answered, t.created_at,
                   t.last_message_at, t.requester_id, p.name as requester_name, root.number as root,
                   exists (select from ticket t where t.number = root.number and %1$s) as leads
            from ticket t join person p on p.id = t.requester_id
            left join ticket root
                on root.number = case when t.merged_into is not null and t.status = 'CLOSED' then ticket_root(t.number) end
            where %1$s
            """;

    private final JdbcClient jdbc;
    private final Messages messages;

    PortalTickets(JdbcClient jdbc, Messages messages) {
        this.jdbc = jdbc;
        this.messages = messages;
    }

    Page<PortalTicketRow> page(Viewer viewer, PortalScope who, PortalState state, @Nullable String cursor, int limit) {
        var order = ORDER + who + state;
        var after = cursor == null ? null : Cursor.decoded(cursor, order, 2);
        var scope = TicketScope.of(viewer);
        var done = Lane.DONE.statuses().stream().map(Enum::name).toList();
        var rows = jdbc.sql(SELECT.formatted(scope.condition()) + """
                          and (not :mine or t.requester_id = :viewer)
                          and (coalesce(root.status, t.status) in (:done)) = :isDone
                          and not exists (select from ticket t where t.number = root.number and %s)
                          and (cast(:afterAt as timestamptz) is null
                               or (t.last_message_at, t.number) < (:afterAt, :afterNumber))
                        order by t.last_message_at desc, t.number desc limit :limit
                        """.formatted(scope.condition()))
                .params(scope.parameters())
                .param("mine", who == PortalScope.MINE)
                .param("viewer", viewer.personId())
                .param("done", done)
                .param("isDone", state == PortalState.DONE)
                .param("afterAt", after == null ? null : Sql.timestamp(after.instant(0)))
                .param("afterNumber", after == null ? null : after.number(1))
                .param("limit", limit + 1)
                .query((row, index) -> row(row, viewer))
                .list();
        return Page.of(rows, limit, last -> Cursor.of(order, last.updatedAt(), last.number()));
    }

    PortalTicket get(long number, Viewer viewer) {
        var scope = TicketScope.of(viewer);
        return jdbc.sql(SELECT.formatted(scope.condition()) + "and t.number = :number")
                .param("number", number)
                .params(scope.parameters())
                .query((row, index) -> ticket(row, viewer))
                .optional()
                .orElseThrow(Problem::notFound);
    }

    private PortalTicket ticket(ResultSet row, Viewer viewer) throws SQLException {
        var head = row(row, viewer);
        var status = TicketStatus.valueOf(row.getString("status"));
        var isOver = status == TicketStatus.CLOSED || status == TicketStatus.CANCELLED;
        var isMerged = row.getObject("root") != null;
        var leads = row.getBoolean("leads");
        return new PortalTicket(
                head.number,
                head.subject,
                head.status,
                head.createdAt,
                head.updatedAt,
                head.requesterName,
                head.isYours,
                !isMerged && !isOver,
                !isMerged && (status == TicketStatus.RESOLVED || status == TicketStatus.CLOSED),
                !isOver && !leads,
                leads ? row.getLong("root") : null,
                messages.listPublicAfter(head.number, 0, viewer).stream()
                        .map(message -> PortalMessage.from(message, viewer.personId()))
                        .toList());
    }

    private static PortalTicketRow row(ResultSet row, Viewer viewer) throws SQLException {
        return new PortalTicketRow(
                row.getLong("number"),
                row.getString("subject"),
                PortalStatus.of(TicketStatus.valueOf(row.getString("status")), row.getBoolean("answered")),
                Sql.instant(row, "created_at"),
                Sql.instant(row, "last_message_at"),
                row.getString("requester_name"),
                viewer.personId().equals(Sql.uuid(row, "requester_id")));
    }

    /** Own tickets, or all that the organisation shares. */
    enum PortalScope {
        MINE,
        ORGANISATION
    }

    enum PortalState {
        OPEN,
        DONE
    }

    record PortalTicketRow(
            long number,
            String subject,
            PortalStatus status,
            Instant createdAt,
            Instant updatedAt,
            String requesterName,
            boolean isYours) {}

    /**
     * @param canReply false once it is closed for good: reopen first
     * @param mergedInto the request that this one has become part of, where the customer may see that
     */
    record PortalTicket(
            long number,
            String subject,
            PortalStatus status,
            Instant createdAt,
            Instant updatedAt,
            String requesterName,
            boolean isYours,
            boolean canClose,
            boolean canReopen,
            boolean canReply,
            @Nullable Long mergedInto,
            List<PortalMessage> messages) {}
}
