package io.tealdesk;

import io.tealdesk.files.AttachmentFiles;
import io.tealdesk.identity.Role;
import io.tealdesk.identity.Viewer;
import io.tealdesk.shared.RandomToken;
import io.tealdesk.shared.Sql;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A desk with one ticket that holds everything a customer must not see, and one person of each kind who may want to.
 * Mira asked; her colleague is Noah, Zoe belongs to somebody else. Dana is an agent of the ticket's team, Finn is not.
 */
class ApiDesk {

    static final String NOTE_TEXT = "she pays late, says the dunning list";
    static final String MACRO_TEXT = "a drawbar is on its way, although she never thanks us";
    static final String INTERNAL_FILE = "dunning-list.txt";
    static final String TAG = "late-payer";
    static final String FORMER_TAG = "wary-of-her";
    private static final String STATE =
            "{\"status\":\"OPEN\",\"lastMessageAt\":\"2026-01-01T00:00:00Z\",\"lastMessageBy\":\"STAFF\"}";
    static final String HOURS = """
            {"timeZone":"Europe/Berlin","intervals":[{"day":"MONDAY","from":"09:00","to":"24:00"}],
             "holidays":[{"date":"2026-12-25","yearly":true,"name":"Christmas Day"}]}""";
    static final String SLA_RULES = """
            {"teamIds":[],"organisationIds":[],"priorities":[],"firstReplyMinutes":60,"resolutionMinutes":480,
             "aroundTheClock":false,"pauses":["WAITING_ON_CUSTOMER","SNOOZED"],"warningPercent":75,
             "onWarning":{"notifyAssignee":true,"notifyTeam":false,"personIds":[]},
             "onBreach":{"notifyAssignee":true,"notifyTeam":true,"personIds":[],"raiseTo":"HIGH"}}""";
    private static final Duration SNOOZED_FOR = Duration.ofDays(5);

    final UUID team;
    final UUID otherTeam;
    final Viewer owner;
    final Viewer colleague;
    final Viewer stranger;
    final Viewer agent;
    final Viewer otherAgent;
    final Viewer administrator;
    final long ticket;
    final long firstMessage;
    final long note;
    final long lastMessage;
    final Clock clock;

    private final DeskFixtures desk;
    private final AttachmentFiles files;
    private final JdbcClient jdbc;
    private final Map<Long, UUID> attachments = new HashMap<>();

    ApiDesk(DeskFixtures desk, AttachmentFiles files, JdbcClient jdbc, Clock clock, boolean isShared) {
        this.desk = desk;
        this.files = files;
        this.jdbc = jdbc;
        this.clock = clock;
        team = desk.aTeam("Workshop");
        otherTeam = desk.aTeam("Warehouse");
        var organisation = isShared ? desk.aSharingOrganisation("Birnbaum") : desk.anOrganisation("Birnbaum");
        owner = desk.aCustomerOf(organisation, "Mira Birnbaum");
        colleague = desk.aCustomerOf(organisation, "Noah Birnbaum");
        stranger = desk.aCustomerOf(desk.aSharingOrganisation("Quittenhof"), "Zoe Quitte");
        agent = desk.anAgent("Dana", team);
        otherAgent = desk.anAgent("Finn", otherTeam);
        administrator = desk.anAdministrator("Ada");
        ticket = aTicket("WAITING_ON_CUSTOMER", organisation);
        firstMessage = message(owner, "PUBLIC_REPLY", "The drawbar is cracked.");
        note = message(agent, "INTERNAL_NOTE", NOTE_TEXT);
        lastMessage = message(agent, "PUBLIC_REPLY", "Please send a picture.");
    }

    private long aTicket(String status, UUID organisation) {
        var number = jdbc.sql("""
                        insert into ticket (number, subject, status, priority, requester_id, organisation_id, team_id,
                            assignee_id, tags, due_at, created_at, updated_at, first_replied_at, last_message_at,
                            last_message_by, snoozed_at, snoozed_until, snoozed_by)
                        values (nextval('ticket_number_seq'), 'Cracked drawbar', :status, 'CRITICAL', :requester,
                            :organisation, :team, :assignee, array[:tag], :due, :now, :now, :now, :now, 'STAFF', :now,
                            :snoozedUntil, :assignee)
                        returning number""")
                .param("status", status)
                .param("requester", owner.personId())
                .param("organisation", organisation)
                .param("team", team)
                .param("assignee", agent.personId())
                .param("tag", TAG)
                .param("due", Sql.timestamp(clock.instant().plus(Duration.ofDays(3))))
                .param("snoozedUntil", Sql.timestamp(clock.instant().plus(SNOOZED_FOR)))
                .param("now", now())
                .query(Long.class)
                .single();
        event(number, "OPENED", null, null);
        event(number, "PRIORITY", "LOW", "CRITICAL");
        event(number, "TAGS", FORMER_TAG, TAG);
        event(number, "TEAM", otherTeam.toString(), team.toString());
        event(number, "SNOOZED", null, clock.instant().plus(SNOOZED_FOR).toString());
        event(
                number,
                "ASSIGNEE",
                administrator.personId().toString(),
                agent.personId().toString());
        return number;
    }

    /** Asked by somebody else, without messages. */
    long anotherTicket(UUID ofTeam) {
        return jdbc.sql("""
                        insert into ticket (number, subject, status, priority, requester_id, team_id, created_at,
                            updated_at, last_message_at, last_message_by)
                        values (nextval('ticket_number_seq'), 'Cracked drawbar too', 'OPEN', 'LOW', :requester, :team,
                            :now, :now, :now, 'REQUESTER')
                        returning number""")
                .param("requester", stranger.personId())
                .param("team", ofTeam)
                .param("now", now())
                .query(Long.class)
                .single();
    }

    /** One that neither of the agents is in. */
    UUID foreignTeam() {
        return anEmptyTeam();
    }

    /** Of another ticket into the ticket. */
    UUID merge(long other) {
        jdbc.sql("update ticket set status = 'CLOSED', merged_into = :ticket where number = :other")
                .param("ticket", ticket)
                .param("other", other)
                .update();
        var id = jdbc.sql("""
                        insert into ticket_merge (target_number, target_before, target_after, merged_by, merged_at)
                        values (:ticket, cast(:state as jsonb), cast(:state as jsonb), :agent, :now) returning id""")
                .param("ticket", ticket)
                .param("state", STATE)
                .param("agent", agent.personId())
                .param("now", now())
                .query(UUID.class)
                .single();
        jdbc.sql(
                        "insert into ticket_merge_part (merge_id, ticket_number, before) values (:id, :other, cast(:state as jsonb))")
                .param("id", id)
                .param("other", other)
                .param("state", STATE)
                .update();
        return id;
    }

    /** Of the ticket's note, which is now on another. */
    long split(long other) {
        jdbc.sql("""
                        insert into ticket_split (ticket_number, from_number, message_ids, speech_before, speech_after,
                                                  split_by, split_at)
                        values (:other, :ticket, array[:note], '{"isLastByStaff":true}', '{"isLastByStaff":true}', :agent,
                                :now)""")
                .param("other", other)
                .param("ticket", ticket)
                .param("note", note)
                .param("agent", agent.personId())
                .param("now", now())
                .update();
        return other;
    }

    /** Of the ticket to another. */
    UUID link(long other) {
        return jdbc.sql("""
                        insert into ticket_link (from_number, kind, to_number, created_by, created_at)
                        values (:ticket, 'BLOCKS', :other, :agent, :now) returning id""")
                .param("ticket", ticket)
                .param("other", other)
                .param("agent", agent.personId())
                .param("now", now())
                .query(UUID.class)
                .single();
    }

    /** Kept by the agent. */
    UUID savedView(String visibility) {
        return jdbc.sql("""
                        insert into saved_view (owner_id, visibility, team_id, name, filter, sort, created_at)
                        values (:owner, :visibility, :team, 'Drawbars', '{"all":[]}', 'UPDATED', :now) returning id""")
                .param("owner", agent.personId())
                .param("visibility", visibility)
                .param("team", visibility.equals("TEAM") ? team : null)
                .param("now", now())
                .query(UUID.class)
                .single();
    }

    /** Asked for by the agent, for the ticket. */
    UUID bulkEdit() {
        var id = jdbc.sql("""
                        insert into bulk_edit (asked_by, action, last_message_id, total, asked_at)
                        values (:agent, '{"changes":{"priority":"LOW"}}', 0, 1, :now) returning id""")
                .param("agent", agent.personId())
                .param("now", now())
                .query(UUID.class)
                .single();
        jdbc.sql("insert into bulk_edit_ticket (bulk_edit_id, ticket_number) values (:id, :ticket)")
                .param("id", id)
                .param("ticket", ticket)
                .update();
        return id;
    }

    /** A saved reply or macro that the agent keeps. */
    UUID macro(String kind, String visibility) {
        return macro(kind, visibility, false);
    }

    UUID macro(String kind, String visibility, boolean isDeleted) {
        var id = jdbc.sql("""
                        insert into macro (kind, owner_id, visibility, name, content, created_at, archived_at)
                        values (:kind, :owner, :visibility, 'Drawbar ' || uuidv7(), cast(:content as jsonb), :now,
                                case when :deleted then cast(:now as timestamptz) end)
                        returning id""")
                .param("kind", kind)
                .param("owner", agent.personId())
                .param("visibility", visibility)
                .param(
                        "content",
                        kind.equals("MACRO")
                                ? "{\"priority\":\"LOW\",\"message\":{\"kind\":\"NOTE\",\"text\":\"" + MACRO_TEXT
                                        + "\"}}"
                                : "{\"text\":\"" + MACRO_TEXT + "\"}")
                .param("now", now())
                .param("deleted", isDeleted)
                .query(UUID.class)
                .single();
        if (visibility.equals("TEAMS")) {
            jdbc.sql("insert into macro_team (macro_id, team_id) values (:macro, :team)")
                    .param("macro", id)
                    .param("team", team)
                    .update();
        }
        return id;
    }

    UUID businessHours(boolean isDeleted) {
        return slaRow("sla_calendar (name, content, created_at, archived_at)", "", HOURS, isDeleted);
    }

    UUID slaPolicy(boolean isDeleted) {
        return slaRow("sla_policy (name, position, content, created_at, archived_at)", "0, ", SLA_RULES, isDeleted);
    }

    private UUID slaRow(String columns, String position, String content, boolean isDeleted) {
        return jdbc.sql("""
                        insert into %s
                        values ('Drawbar ' || uuidv7(), %s cast(:content as jsonb), :now,
                                case when :deleted then cast(:now as timestamptz) end)
                        returning id""".formatted(columns, position))
                .param("content", content)
                .param("now", now())
                .param("deleted", isDeleted)
                .query(UUID.class)
                .single();
    }

    /** A browser tab in which that person looks at the ticket. */
    UUID tabAtTheTicket(Viewer viewer) {
        return jdbc.sql("""
                        insert into ticket_presence (tab, person_id, session_id, ticket_number, activity, since, seen_at)
                        values (gen_random_uuid(), :person, :session, :ticket, 'VIEWING', now(), now()) returning tab""")
                .param("person", viewer.personId())
                .param("session", viewer.sessionId())
                .param("ticket", ticket)
                .query(UUID.class)
                .single();
    }

    /** A note that the person has begun, in its version 0, and its kind. */
    String draft(Viewer author) {
        return jdbc.sql("""
                        insert into message_draft (ticket_number, person_id, kind, body_markdown, version, updated_at)
                        values (:ticket, :author, 'NOTE', :text, 0, :now) returning kind""")
                .param("ticket", ticket)
                .param("author", author.personId())
                .param("text", NOTE_TEXT)
                .param("now", now())
                .query(String.class)
                .single();
    }

    /** A reply that the person has scheduled for tomorrow. */
    UUID scheduledReply(Viewer author, String state) {
        return jdbc.sql("""
                        insert into scheduled_reply (ticket_number, author_id, kind, body_markdown,
                            last_seen_message_id, send_anyway, was_done, state, returned_because, send_at, try_at,
                            created_at, changed_at)
                        values (:ticket, :author, 'SCHEDULED', :text, :lastSeen, false, false, :state,
                            case when :state = 'RETURNED' then 'AUTHOR_LEFT' end, :sendAt, :sendAt, :now, :now)
                        returning id""")
                .param("ticket", ticket)
                .param("author", author.personId())
                .param("text", NOTE_TEXT)
                .param("lastSeen", lastMessage)
                .param("state", state)
                .param("sendAt", Sql.timestamp(clock.instant().plus(Duration.ofDays(1))))
                .param("now", now())
                .query(UUID.class)
                .single();
    }

    private void event(long number, String kind, @Nullable String from, @Nullable String to) {
        jdbc.sql("""
                insert into ticket_event (ticket_number, actor_id, kind, from_value, to_value, occurred_at)
                values (:number, :actor, :kind, :from, :to, :now)""")
                .param("number", number)
                .param("actor", agent.personId())
                .param("kind", kind)
                .param("from", from)
                .param("to", to)
                .param("now", now())
                .update();
    }

    private long message(Viewer author, String kind, String text) {
        return jdbc.sql("""
                        insert into message (ticket_number, author_id, kind, body_markdown, body_html, created_at)
                        values (:ticket, :author, :kind, :text, '<p>' || :text || '</p>', :now) returning id""")
                .param("ticket", ticket)
                .param("author", author.personId())
                .param("kind", kind)
                .param("text", text)
                .param("now", now())
                .query(Long.class)
                .single();
    }

    private UUID attached(long message, Viewer uploader, String fileName) {
        var attachment = uploaded(uploader, fileName);
        jdbc.sql("insert into message_attachment (message_id, attachment_id, position) values (:message, :id, 0)")
                .param("message", message)
                .param("id", attachment)
                .update();
        return attachment;
    }

    /** Attached on demand, once: files are slow, and most tests do without. */
    UUID publicAttachment() {
        return attachments.computeIfAbsent(firstMessage, message -> attached(message, owner, "drawbar.txt"));
    }

    UUID internalAttachment() {
        return attachments.computeIfAbsent(note, message -> attached(message, agent, INTERNAL_FILE));
    }

    /** A file that no message has taken yet. */
    UUID uploaded(Viewer uploader, String fileName) {
        var bytes = "Some bytes".getBytes(StandardCharsets.UTF_8);
        return files.store(uploader.personId(), fileName, new ByteArrayInputStream(bytes))
                .id();
    }

    ApiDesk closed() {
        jdbc.sql("update ticket set status = 'CLOSED', resolved_at = :now where number = :ticket")
                .param("now", now())
                .param("ticket", ticket)
                .update();
        return this;
    }

    /** With everything in the reports. */
    ApiDesk counted() {
        for (var step : List.of("report_rebuild()", "report_build_step(100)", "report_build_step(100)")) {
            jdbc.sql("select " + step).query().singleRow();
        }
        return this;
    }

    /** The secret of a link that was mailed. */
    String mailedLink(String purpose, Viewer to) {
        var token = RandomToken.create();
        jdbc.sql("""
                insert into mail_token (token_hash, purpose, person_id, created_at, expires_at, pending_name,
                                        pending_password_hash)
                values (:hash, :purpose, :person, :now, :now + interval '1 hour', 'Mira', 'hash')""")
                .param("hash", token.hash())
                .param("purpose", purpose)
                .param("person", to.personId())
                .param("now", now())
                .update();
        return token.value();
    }

    String refreshToken(Viewer of) {
        var token = RandomToken.create();
        jdbc.sql("insert into refresh_token (token_hash, session_id, issued_at) values (:hash, :session, :now)")
                .param("hash", token.hash())
                .param("session", of.sessionId())
                .param("now", now())
                .update();
        return token.value();
    }

    Viewer withoutPassword(Viewer person) {
        jdbc.sql("update person set password_hash = null where id = :id")
                .param("id", person.personId())
                .update();
        return person;
    }

    Viewer deactivated(Viewer person) {
        jdbc.sql("update person set deactivated_at = :now where id = :id")
                .param("now", now())
                .param("id", person.personId())
                .update();
        return person;
    }

    /** Somebody who has nothing to do with the ticket. */
    Viewer bystander(Role role) {
        return switch (role) {
            case CUSTOMER -> desk.aCustomer("Yara");
            case AGENT -> desk.anAgent("Xaver");
            case ADMINISTRATOR -> desk.anAdministrator("Wim");
        };
    }

    UUID anEmptyTeam() {
        return desk.aTeam("Paint shop");
    }

    UUID anEmptyOrganisation() {
        return desk.anOrganisation("Mirabelle");
    }

    /** Changes with every change of any row, whatever its table; only tries are counted apart. */
    String fingerprint() {
        var tables = jdbc.sql("""
                        select tablename from pg_tables where schemaname = 'public' and tablename <> 'throttle'
                        order by tablename""").query(String.class).list();
        var sql = new StringBuilder();
        for (var table : tables) {
            sql.append(sql.isEmpty() ? "" : "\nunion all ").append("""
                    select '%1$s: ' || count(*) || ' ' || coalesce(md5(string_agg(t::text, ',' order by t::text)), '')
                    from %1$s t""".formatted(table));
        }
        // The parts of so long a union may be read side by side, and come as they are done.
        return jdbc.sql(sql.toString()).query(String.class).list().stream()
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    private java.time.OffsetDateTime now() {
        return Sql.timestamp(clock.instant());
    }
}
