package io.tealdesk.conversations;

import io.tealdesk.files.Attachment;
import io.tealdesk.files.AttachmentFiles;
import io.tealdesk.identity.Viewer;
import io.tealdesk.shared.Problem;
import io.tealdesk.shared.Sql;
import io.tealdesk.tickets.TicketScope;
import io.tealdesk.tickets.Tickets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Keeps what people have written and not sent, each for themselves: nobody else ever reads it. */
@Component
class Drafts {

    /** In the place of a version: no draft has this one. */
    static final long NONE_YET = 0;

    static final Duration KEPT_FOR = Duration.ofDays(90);
    static final int LISTED_MAX = 100;
    /** Of all texts together; what is beyond is read where it was written. */
    static final int LISTED_CHARACTERS_MAX = 1_000_000;

    private static final int FORGOTTEN_AT_ONCE_MAX = 1_000;
    private static final String COLUMNS = """
            d.ticket_number, t.subject, d.kind, d.body_markdown, d.begun_after, d.version, d.updated_at,
            (select jsonb_agg(jsonb_build_object('id', a.id, 'fileName', a.file_name,
                              'mediaType', a.media_type, 'sizeBytes', a.size_bytes) order by da.position)
             from message_draft_attachment da join attachment a on a.id = da.attachment_id
             where da.ticket_number = d.ticket_number and da.person_id = d.person_id and da.kind = d.kind
               and not exists (select from message_attachment ma where ma.attachment_id = a.id)) as attachments
            """;
    private static final String PLACE = "d.ticket_number = :number and d.person_id = :person and d.kind = :kind";

    /** Tells the author's other devices, which hear of it by the live streams once it is stored. */
    private static final String ANNOUNCED =
            "pg_notify('drafts', cast(:announcement as text) || ' ' || d.version)::text";

    private static final String ANNOUNCED_AS_GONE = "pg_notify('drafts', cast(:announcement as text))::text";

    private final JdbcClient jdbc;
    private final Tickets tickets;
    private final AttachmentFiles files;
    private final JsonMapper json;
    private final Clock clock;

    Drafts(JdbcClient jdbc, Tickets tickets, AttachmentFiles files, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.tickets = tickets;
        this.files = files;
        this.json = json;
        this.clock = clock;
    }

    /** Those on tickets that the viewer may see still, the newest first. */
    Listed list(Viewer viewer) {
        var scope = TicketScope.of(viewer);
        var drafts = jdbc.sql("""
                        select %s, total from (
                            select d.*, count(*) over () as total,
                                   sum(length(d.body_markdown)) over (order by d.updated_at desc, d.version desc)
                                       as characters
                            from message_draft d join ticket t on t.number = d.ticket_number
                            where d.person_id = :viewer and %s) d
                        join ticket t on t.number = d.ticket_number
                        where d.characters <= :charactersMax
                        order by d.updated_at desc, d.version desc limit :limit
                        """.formatted(COLUMNS, scope.condition()))
                .params(scope.parameters())
                .param("viewer", viewer.personId())
                .param("charactersMax", LISTED_CHARACTERS_MAX)
                .param("limit", LISTED_MAX)
                .query((row, index) -> Map.entry(draft(row), row.getLong("total")))
                .list();
        var isComplete = drafts.isEmpty() || drafts.getFirst().getValue() == drafts.size();
        return new Listed(drafts.stream().map(Map.Entry::getKey).toList(), isComplete);
    }

    List<Draft> listOf(long number, Viewer viewer) {
        tickets.requireVisible(number, viewer);
        return jdbc.sql("select " + COLUMNS + """
                        from message_draft d join ticket t on t.number = d.ticket_number
                        where d.ticket_number = :number and d.person_id = :person order by d.kind desc""")
                .param("number", number)
                .param("person", viewer.personId())
                .query((row, index) -> draft(row))
                .list();
    }

    /**
     * Keeps a draft in the place of the version that its author saw.
     *
     * @param expectedVersion {@link #NONE_YET} where there is none, as far as the author knows
     */
    @Transactional
    Saved save(long number, DraftKind kind, Viewer viewer, long expectedVersion, Content content) {
        var ids = content.attachmentIds;
        if (new HashSet<>(ids).size() != ids.size()) {
            throw Problem.invalidField("attachmentIds", "Repeated", "names a file twice");
        }
        var saved = expectedVersion == NONE_YET
                ? begin(number, kind, viewer, content)
                : replace(number, kind, viewer, expectedVersion, content);
        if (saved.isEmpty()) {
            tickets.requireVisible(number, viewer);
            throw ConversationProblem.newerDraft(find(number, kind, viewer).orElse(null));
        }
        files.requireUploadedBy(viewer.personId(), ids);
        attach(number, kind, viewer, expectedVersion != NONE_YET, ids);
        return saved.get();
    }

    /** Also where there is nothing to delete. */
    @Transactional
    void discard(long number, DraftKind kind, Viewer viewer, long expectedVersion) {
        tickets.requireVisible(number, viewer);
        if (!delete(number, kind, viewer, expectedVersion)) {
            find(number, kind, viewer).ifPresent(newer -> {
                throw ConversationProblem.newerDraft(newer);
            });
        }
    }

    /** The draft has become a message. A newer one, of another device, stays. */
    @Transactional
    void sent(long number, DraftKind kind, Viewer viewer, long version) {
        delete(number, kind, viewer, version);
    }

    void forgetOld() {
        int forgotten;
        do {
            forgotten = jdbc.sql("""
                    delete from message_draft where (ticket_number, person_id, kind) in (
                        select ticket_number, person_id, kind from message_draft where updated_at < :before
                        limit :limit for update skip locked)""")
                    .param("before", Sql.timestamp(clock.instant().minus(KEPT_FOR)))
                    .param("limit", FORGOTTEN_AT_ONCE_MAX)
                    .update();
        } while (forgotten == FORGOTTEN_AT_ONCE_MAX);
    }

    private Optional<Saved> begin(long number, DraftKind kind, Viewer viewer, Content content) {
        var scope = TicketScope.of(viewer);
        return jdbc.sql("""
                        insert into message_draft as d
                            (ticket_number, person_id, kind, body_markdown, begun_after, updated_at)
                        select t.number, :person, :kind, :text, cast(:begunAfter as bigint), :now
                        from ticket t where t.number = :number and %s
                        on conflict (ticket_number, person_id, kind) do nothing
                        returning d.version, d.updated_at, %s""".formatted(scope.condition(), ANNOUNCED))
                .params(scope.parameters())
                .params(place(number, kind, viewer))
                .params(announcement(number, kind, viewer))
                .param("text", content.text)
                .param("begunAfter", content.begunAfter)
                .param("now", Sql.timestamp(clock.instant()))
                .query((row, index) -> saved(row))
                .optional();
    }

    private Optional<Saved> replace(long number, DraftKind kind, Viewer viewer, long expected, Content content) {
        var scope = TicketScope.of(viewer);
        return jdbc.sql("""
                        update message_draft d
                        set body_markdown = :text, begun_after = cast(:begunAfter as bigint), updated_at = :now,
                            version = nextval('message_draft_version_seq')
                        from ticket t
                        where %s and d.version = :expected and t.number = d.ticket_number and %s
                        returning d.version, d.updated_at, %s""".formatted(PLACE, scope.condition(), ANNOUNCED))
                .params(scope.parameters())
                .params(place(number, kind, viewer))
                .params(announcement(number, kind, viewer))
                .param("text", content.text)
                .param("begunAfter", content.begunAfter)
                .param("now", Sql.timestamp(clock.instant()))
                .param("expected", expected)
                .query((row, index) -> saved(row))
                .optional();
    }

    private void attach(long number, DraftKind kind, Viewer viewer, boolean mayHaveSome, List<UUID> ids) {
        var texts = Sql.texts(ids);
        if (mayHaveSome) {
            jdbc.sql("delete from message_draft_attachment d where " + PLACE
                            + " and d.attachment_id <> all(cast(:ids as uuid[]))")
                    .params(place(number, kind, viewer))
                    .param("ids", texts)
                    .update();
        }
        if (!ids.isEmpty()) {
            jdbc.sql("""
                            insert into message_draft_attachment
                                (ticket_number, person_id, kind, attachment_id, position)
                            select :number, :person, :kind, file.id, file.position
                            from unnest(cast(:ids as uuid[])) with ordinality as file (id, position)
                            on conflict (ticket_number, person_id, kind, attachment_id)
                            do update set position = excluded.position""")
                    .params(place(number, kind, viewer))
                    .param("ids", texts)
                    .update();
        }
    }

    private boolean delete(long number, DraftKind kind, Viewer viewer, long version) {
        return !jdbc.sql("""
                        with gone as (delete from message_draft d where %s and d.version = :version returning d.kind)
                        select %s from gone""".formatted(PLACE, ANNOUNCED_AS_GONE))
                .params(place(number, kind, viewer))
                .params(announcement(number, kind, viewer))
                .param("version", version)
                .query((row, index) -> row.getString(1))
                .list()
                .isEmpty();
    }

    private Optional<Draft> find(long number, DraftKind kind, Viewer viewer) {
        return jdbc.sql("select " + COLUMNS + "from message_draft d join ticket t on t.number = d.ticket_number where "
                        + PLACE)
                .params(place(number, kind, viewer))
                .query((row, index) -> draft(row))
                .optional();
    }

    private static Map<String, Object> announcement(long number, DraftKind kind, Viewer viewer) {
        return Map.of("announcement", viewer.personId() + " " + number + " " + kind);
    }

    private static Map<String, Object> place(long number, DraftKind kind, Viewer viewer) {
        return Map.of("number", number, "person", viewer.personId(), "kind", kind.name());
    }

    private static Saved saved(ResultSet row) throws SQLException {
        return new Saved(row.getLong("version"), Sql.instant(row, "updated_at"));
    }

    private Draft draft(ResultSet row) throws SQLException {
        var attachments = row.getString("attachments");
        return new Draft(
                row.getLong("ticket_number"),
                row.getString("subject"),
                DraftKind.valueOf(row.getString("kind")),
                row.getString("body_markdown"),
                attachments == null ? List.of() : json.readValue(attachments, new TypeReference<List<Attachment>>() {}),
                row.getObject("begun_after", Long.class),
                row.getLong("version"),
                Sql.instant(row, "updated_at"));
    }

    /** @param begunAfter the newest message when writing began */
    record Content(
            String text, List<UUID> attachmentIds, @Nullable Long begunAfter) {}

    record Saved(long version, Instant updatedAt) {}

    /** @param isComplete false where there are more or longer ones than are listed */
    record Listed(List<Draft> drafts, boolean isComplete) {}
}
