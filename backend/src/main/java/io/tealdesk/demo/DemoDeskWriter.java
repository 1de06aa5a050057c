package io.tealdesk.demo;

import static io.tealdesk.shared.Sql.timestamp;
import static io.tealdesk.shared.Sql.timestampOrNull;

import io.tealdesk.demo.DemoDesk.DemoEvent;
import io.tealdesk.demo.DemoDesk.DemoMessage;
import io.tealdesk.demo.DemoDesk.DemoTicket;
import io.tealdesk.demo.DemoDesk.PersonRow;
import io.tealdesk.files.AttachmentFiles;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Writes the demo straight into the tables: what it holds happened long ago, and nobody must get mail about it. */
class DemoDeskWriter {

    /** Before the first ticket was opened. */
    private static final Duration PEOPLE_SINCE = Duration.ofDays(100);

    private final JdbcTemplate jdbc;
    private final AttachmentFiles files;
    private final UnaryOperator<String> html;
    private final String passwordHash;
    private final Instant now;
    /** Teams and people that were there before keep their ids. */
    private final Map<UUID, UUID> storedIds = new HashMap<>();

    private final Map<String, String> storedTexts = new HashMap<>();

    DemoDeskWriter(
            JdbcTemplate jdbc, AttachmentFiles files, UnaryOperator<String> html, String passwordHash, Instant now) {
        this.jdbc = jdbc;
        this.files = files;
        this.html = html;
        this.passwordHash = passwordHash;
        this.now = now;
    }

    void write(DemoDesk desk) {
        writeTeams(desk);
        writePeople(desk);
        var numbers = numbers("ticket_number_seq", desk.tickets().size());
        writeTickets(desk.tickets(), numbers);
        writeEvents(desk.tickets(), numbers);
        writeMessages(desk.tickets(), numbers);
        // Fresh statistics: the first lists are read before autovacuum comes by.
        jdbc.execute("analyze organisation, person, team, team_member, ticket, ticket_event, message, attachment");
    }

    private void writeTeams(DemoDesk desk) {
        jdbc.update("update team set is_default = false where is_default");
        for (var team : desk.teams()) {
            var id = jdbc.queryForObject(
                    """
                    insert into team (id, name, description, is_default, created_at) values (?, ?, ?, ?, ?)
                    on conflict (name) do update
                        set description = excluded.description, is_default = excluded.is_default
                    returning id""", UUID.class, team.id(), team.name(), team.description(), team.isDefault(), timestamp(since(0)));
            remember(team.id(), id);
        }
    }

    private void writePeople(DemoDesk desk) {
        var organisations = new ArrayList<Object[]>();
        for (var organisation : desk.organisations()) {
            organisations.add(new Object[] {
                organisation.id(),
                organisation.name(),
                organisation.sharesTickets(),
                timestamp(since(organisations.size()))
            });
        }
        jdbc.batchUpdate(
                "insert into organisation (id, name, shares_tickets, created_at) values (?, ?, ?, ?)", organisations);
        var members = new ArrayList<Object[]>();
        for (var person : desk.people()) {
            var id = writePerson(person, since(storedIds.size()));
            person.teamIds().forEach(team -> members.add(new Object[] {stored(team), id}));
        }
        jdbc.batchUpdate("insert into team_member (team_id, person_id) values (?, ?) on conflict do nothing", members);
    }

    private UUID writePerson(PersonRow person, Instant since) {
        var id = jdbc.queryForObject(
                """
                insert into person (id, email, name, role, organisation_id, password_hash, email_verified_at, locale,
                                    created_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (email) do update
                    set password_hash = excluded.password_hash, email_verified_at = excluded.email_verified_at
                returning id""",
                UUID.class,
                person.id(),
                person.email(),
                person.name(),
                person.role(),
                person.organisationId(),
                passwordHash,
                timestamp(since),
                person.locale(),
                timestamp(since));
        return remember(person.id(), id);
    }

    private void writeTickets(List<DemoTicket> tickets, List<Long> numbers) {
        var rows = new ArrayList<Object[]>();
        for (int index = 0; index < tickets.size(); index++) {
            var ticket = tickets.get(index);
            rows.add(new Object[] {
                numbers.get(index),
                ticket.subject(),
                ticket.status().name(),
                ticket.priority().name(),
                stored(ticket.requesterId()),
                ticket.organisationId(),
                stored(ticket.teamId()),
                ticket.assigneeId() == null ? null : stored(ticket.assigneeId()),
                String.join(",", ticket.tags()),
                timestampOrNull(ticket.dueAt()),
                timestamp(ticket.createdAt()),
                timestamp(ticket.updatedAt()),
                timestampOrNull(ticket.firstRepliedAt()),
                timestampOrNull(ticket.resolvedAt()),
                timestamp(ticket.lastReply().createdAt()),
                ticket.lastReply().isFromRequester() ? "REQUESTER" : "STAFF",
                ticket.events().size() - 1
            });
        }
        jdbc.batchUpdate("""
                insert into ticket (number, subject, status, priority, requester_id, organisation_id, team_id,
                                    assignee_id, tags, due_at, created_at, updated_at, first_replied_at, resolved_at,
                                    last_message_at, last_message_by, version)
                values (?, ?, ?, ?, ?, ?, ?, ?, string_to_array(?, ','), ?, ?, ?, ?, ?, ?, ?, ?)""", rows);
    }

    private void writeEvents(List<DemoTicket> tickets, List<Long> numbers) {
        record Line(long number, DemoEvent event) {}
        var lines = new ArrayList<Line>();
        for (int index = 0; index < tickets.size(); index++) {
            for (var event : tickets.get(index).events()) {
                lines.add(new Line(numbers.get(index), event));
            }
        }
        // Ids rise with time on a real desk; the sort keeps the order of what happened at the same moment.
        lines.sort(Comparator.comparing(line -> line.event().occurredAt()));
        jdbc.batchUpdate(
                """
                insert into ticket_event (ticket_number, actor_id, kind, from_value, to_value, occurred_at)
                values (?, ?, ?, ?, ?, ?)""",
                lines.stream()
                        .map(line -> new Object[] {
                            line.number(),
                            line.event().actorId() == null
                                    ? null
                                    : stored(line.event().actorId()),
                            line.event().kind().name(),
                            storedText(line.event().from()),
                            storedText(line.event().to()),
                            timestamp(line.event().occurredAt())
                        })
                        .toList());
    }

    private void writeMessages(List<DemoTicket> tickets, List<Long> numbers) {
        record Line(long number, DemoMessage message) {}
        var lines = new ArrayList<Line>();
        for (int index = 0; index < tickets.size(); index++) {
            for (var message : tickets.get(index).messages()) {
                lines.add(new Line(numbers.get(index), message));
            }
        }
        lines.sort(Comparator.comparing(line -> line.message().createdAt()));
        var ids = numbers("message_id_seq", lines.size());
        // What needs no database keeps all processors busy: somebody waits for the first start.
        var prepared =
                lines.parallelStream().map(line -> prepared(line.message())).toList();
        var rows = new ArrayList<Object[]>();
        var attachments = new ArrayList<Object[]>();
        for (int index = 0; index < lines.size(); index++) {
            var message = lines.get(index).message();
            rows.add(new Object[] {
                ids.get(index),
                lines.get(index).number(),
                stored(message.authorId()),
                message.isInternal() ? "INTERNAL_NOTE" : "PUBLIC_REPLY",
                message.markdown(),
                prepared.get(index).html(),
                timestamp(message.createdAt())
            });
            for (int position = 0; position < message.attachments().size(); position++) {
                var attachment = message.attachments().get(position);
                var content =
                        new ByteArrayInputStream(prepared.get(index).files().get(position));
                var stored = files.store(stored(message.authorId()), attachment.fileName(), content);
                attachments.add(new Object[] {ids.get(index), stored.id(), position});
            }
        }
        jdbc.batchUpdate("""
                insert into message (id, ticket_number, author_id, kind, body_markdown, body_html, created_at)
                values (?, ?, ?, ?, ?, ?, ?)""", rows);
        jdbc.batchUpdate(
                "insert into message_attachment (message_id, attachment_id, position) values (?, ?, ?)", attachments);
        jdbc.update("""
                update attachment set created_at = message.created_at
                from message_attachment join message on message.id = message_attachment.message_id
                where message_attachment.attachment_id = attachment.id""");
    }

    private Prepared prepared(DemoMessage message) {
        return new Prepared(
                html.apply(message.markdown()),
                message.attachments().stream().map(DemoDocuments::draw).toList());
    }

    private List<Long> numbers(String sequence, int count) {
        return jdbc.queryForList(
                "select nextval(cast(? as regclass)) from generate_series(1, ?)", Long.class, sequence, count);
    }

    private Instant since(int days) {
        return now.minus(PEOPLE_SINCE).minus(Duration.ofDays(60L - days)).truncatedTo(ChronoUnit.HOURS);
    }

    private UUID stored(UUID id) {
        return storedIds.getOrDefault(id, id);
    }

    /** Histories hold ids as text. */
    private @Nullable String storedText(@Nullable String value) {
        return value == null ? null : storedTexts.getOrDefault(value, value);
    }

    private UUID remember(UUID id, @Nullable UUID stored) {
        var kept = Objects.requireNonNull(stored);
        storedIds.put(id, kept);
        storedTexts.put(id.toString(), kept.toString());
        return kept;
    }

    private record Prepared(String html, List<byte[]> files) {}
}
