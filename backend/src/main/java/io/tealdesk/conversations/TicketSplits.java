package io.tealdesk.conversations;

import io.tealdesk.identity.Viewer;
import io.tealdesk.shared.Problem;
import io.tealdesk.shared.Sql;
import io.tealdesk.tickets.TicketLinks;
import io.tealdesk.tickets.TicketSpeech;
import io.tealdesk.tickets.TicketView;
import io.tealdesk.tickets.Tickets;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Makes messages of a ticket one of their own, and undoes it. */
@Component
class TicketSplits {

    private final Tickets tickets;
    private final TicketLinks links;
    private final Messages messages;
    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;

    TicketSplits(Tickets tickets, TicketLinks links, Messages messages, JdbcClient jdbc, JsonMapper json, Clock clock) {
        this.tickets = tickets;
        this.links = links;
        this.messages = messages;
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /** @param requesterId null for the one who asked on the ticket; who it is sees the public ones of the messages */
    @Transactional
    TicketSplit split(long number, Viewer viewer, List<Long> messageIds, String subject, @Nullable UUID requesterId) {
        tickets.lock(number, viewer);
        if (new HashSet<>(messageIds).size() != messageIds.size()) {
            throw Problem.invalidField("messageIds", "Repeated", "names a message twice");
        }
        var created = tickets.openSplit(number, viewer, subject, requesterId);
        if (messages.move(number, created, messageIds) != messageIds.size()) {
            throw Problem.invalidField("messageIds", "Unknown", "names a message that was not written on this ticket");
        }
        if (!messages.isAnyOn(number)) {
            throw Problem.invalidField("messageIds", "All", "leaves no message on this ticket");
        }
        var before = tickets.split(
                number, created, viewer, messages.begunAt(created), messages.speech(number), messages.speech(created));
        links.linkSplit(created, number, viewer);
        keep(created, number, messageIds, viewer, before, tickets.speech(number, viewer));
        return new TicketSplit(tickets.opened(created), tickets.opened(number));
    }

    private void keep(
            long created, long number, List<Long> messageIds, Viewer viewer, TicketSpeech before, TicketSpeech after) {
        jdbc.sql("""
                insert into ticket_split (ticket_number, from_number, message_ids, speech_before, speech_after, split_by,
                                          split_at)
                values (:ticket, :from, :messages, cast(:before as jsonb), cast(:after as jsonb), :viewer, :now)""")
                .param("ticket", created)
                .param("from", number)
                .param("messages", messageIds.toArray(Long[]::new))
                .param("before", json.writeValueAsString(before))
                .param("after", json.writeValueAsString(after))
                .param("viewer", viewer.personId())
                .param("now", Sql.timestamp(clock.instant()))
                .update();
    }

    /** The messages go back; what was written on the ticket since is read on the other as part of it. */
    @Transactional
    TicketSplit undo(long number, Viewer viewer) {
        tickets.requireVisible(number, viewer);
        var split = kept(number);
        if (!split.isUndone) {
            tickets.lockBoth(number, split.from, viewer);
            messages.move(number, split.from, split.messageIds);
            tickets.undoSplit(split.from, number, viewer, split.before, split.after);
            links.unlinkSplit(number, split.from);
            jdbc.sql("update ticket_split set undone_at = :now where ticket_number = :ticket")
                    .param("now", Sql.timestamp(clock.instant()))
                    .param("ticket", number)
                    .update();
        }
        return new TicketSplit(tickets.get(number, viewer), tickets.get(split.from, viewer));
    }

    private Kept kept(long number) {
        return jdbc.sql("""
                        select from_number, message_ids, speech_before, speech_after, undone_at
                        from ticket_split where ticket_number = :ticket""")
                .param("ticket", number)
                .query((row, index) -> new Kept(
                        row.getLong("from_number"),
                        List.of((Long[]) row.getArray("message_ids").getArray()),
                        json.readValue(row.getString("speech_before"), TicketSpeech.class),
                        json.readValue(row.getString("speech_after"), TicketSpeech.class),
                        Sql.instantOrNull(row, "undone_at") != null))
                .optional()
                .orElseThrow(Problem::notFound);
    }

    /**
     * Two tickets that were one.
     *
     * @param ticket made of messages of the other
     */
    record TicketSplit(TicketView ticket, TicketView from) {}

    private record Kept(long from, List<Long> messageIds, TicketSpeech before, TicketSpeech after, boolean isUndone) {}
}
