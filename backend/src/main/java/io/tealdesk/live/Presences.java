package io.tealdesk.live;

import io.tealdesk.identity.Viewer;
import io.tealdesk.live.TicketPresence.PresentPerson;
import io.tealdesk.shared.Problem;
import io.tealdesk.shared.Sql;
import io.tealdesk.tickets.TicketScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who is at which ticket. What a tab says holds for 40 seconds and as long as its session, by the database's clock, which
 * is one for all tasks. A change names its ticket on the channel that the tasks listen to; a repetition tells nobody.
 */
@Component
class Presences {

    static final String CHANNEL = "presence";
    /** More people at tickets than anybody takes in. */
    static final int LISTED_MAX = 1_000;
    /** More browser tabs than anybody has; the one seen longest ago is forgotten. */
    static final int TABS_OF_A_PERSON_MAX = 30;

    private static final int FORGOTTEN_AT_ONCE_MAX = 1_000;

    private static final String HOLDS = """
            v.seen_at > now() - interval '40 seconds' and exists (
                select from session s join person p on p.id = s.person_id
                where s.id = v.session_id and s.ended_at is null and s.expires_at > now() and p.deactivated_at is null)
            """;

    private static final String FORGET_GONE = """
            delete from ticket_presence where tab in (
                select v.tab from ticket_presence v where not (%s) limit :limit for update skip locked)
            returning ticket_number""".formatted(HOLDS);

    private static final String PEOPLE = """
            select v.ticket_number, v.person_id, p.name, bool_or(v.activity = 'REPLYING') as is_replying,
                   min(v.since) as since
            from ticket_presence v join person p on p.id = v.person_id
            where %s
            """.formatted(HOLDS);

    private static final String COLUMNS = """
            select t.number, t.requester_id, t.organisation_id, t.team_id, at.person_id, at.name, at.is_replying
            """;

    private final JdbcClient jdbc;

    Presences(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A tab that is somebody else's is not there, as long as what it said holds. */
    @Transactional
    void show(Viewer viewer, UUID tab, long number, PresenceActivity activity) {
        var scope = TicketScope.of(viewer);
        var shown = jdbc.sql("""
                insert into ticket_presence as v
                    (tab, person_id, session_id, ticket_number, activity, since, seen_at)
                select :tab, :person, :session, t.number, :activity, now(), now()
                from ticket t where t.number = :number and %s
                on conflict (tab) do update
                set person_id = excluded.person_id, session_id = excluded.session_id,
                    ticket_number = excluded.ticket_number, activity = excluded.activity, seen_at = excluded.seen_at,
                    since = case when (v.person_id, v.ticket_number) = (excluded.person_id, excluded.ticket_number)
                        then v.since else excluded.since end
                where v.person_id = excluded.person_id or not (%s)
                returning old.ticket_number as number_before,
                    (old.session_id, old.activity) is not distinct from (new.session_id, new.activity)
                        and old.seen_at > now() - interval '40 seconds' as is_repeated
                """.formatted(scope.condition(), HOLDS))
                .param("tab", tab)
                .param("person", viewer.personId())
                .param("session", viewer.sessionId())
                .param("number", number)
                .param("activity", activity.name())
                .params(scope.parameters())
                .query((row, index) ->
                        new Shown(row.getObject("number_before", Long.class), row.getBoolean("is_repeated")))
                .optional()
                .orElseThrow(Problem::notFound);
        if (shown.numberBefore == null) {
            forgetTabsBeyond(viewer.personId());
        } else if (shown.numberBefore != number) {
            announce(shown.numberBefore);
        } else if (shown.isRepeated) {
            return;
        }
        announce(number);
    }

    @Transactional
    void end(Viewer viewer, UUID tab, long number) {
        jdbc.sql("""
                delete from ticket_presence where tab = :tab and person_id = :person and ticket_number = :number
                returning ticket_number""")
                .param("tab", tab)
                .param("person", viewer.personId())
                .param("number", number)
                .query(Long.class)
                .list()
                .forEach(this::announce);
    }

    /** Of all tickets that the viewer may see, the newest first. */
    List<TicketPresence> list(Viewer viewer) {
        var scope = TicketScope.of(viewer);
        return byTicket(jdbc.sql(COLUMNS + "from (" + PEOPLE + """
                        group by v.ticket_number, v.person_id, p.name) at
                        join ticket t on t.number = at.ticket_number
                        where %s order by t.number desc, at.since, at.person_id limit :limit
                        """.formatted(scope.condition()))
                        .params(scope.parameters())
                        .param("limit", LISTED_MAX)
                        .query((row, index) -> row(row))
                        .list())
                .stream()
                .map(PresenceChange::presence)
                .toList();
    }

    /** Removes what does not hold any more, and tells of it. What another task removes just now is left to that. */
    @Transactional
    void forgetGone() {
        var left = jdbc.sql(FORGET_GONE)
                .param("limit", FORGOTTEN_AT_ONCE_MAX)
                .query(Long.class)
                .list();
        new HashSet<>(left).forEach(this::announce);
    }

    /** Who is at these tickets, be it nobody. */
    List<PresenceChange> of(Collection<Long> numbers) {
        var asked = numbers.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
        return byTicket(jdbc.sql(COLUMNS + "from ticket t left join (" + PEOPLE + """
                        and v.ticket_number = any(:numbers::bigint[]) group by v.ticket_number, v.person_id, p.name) at
                        on at.ticket_number = t.number
                        where t.number = any(:numbers::bigint[]) order by t.number, at.since, at.person_id
                        """)
                // As one text: a list would be as many parameters, and a statement of its own for each length.
                .param("numbers", asked)
                .query((row, index) -> row(row))
                .list());
    }

    List<Long> occupiedTickets() {
        return jdbc.sql("select distinct ticket_number from ticket_presence order by ticket_number limit :limit")
                .param("limit", LISTED_MAX)
                .query(Long.class)
                .list();
    }

    private void forgetTabsBeyond(UUID personId) {
        jdbc.sql("""
                delete from ticket_presence where tab in (
                    select tab from ticket_presence where person_id = :person
                    order by seen_at desc, tab offset :most for update skip locked)
                returning ticket_number""")
                .param("person", personId)
                .param("most", TABS_OF_A_PERSON_MAX)
                .query(Long.class)
                .list()
                .forEach(this::announce);
    }

    private void announce(long number) {
        jdbc.sql("select pg_notify(:channel, :number)::text")
                .param("channel", CHANNEL)
                .param("number", String.valueOf(number))
                .query()
                .singleRow();
    }

    private static List<PresenceChange> byTicket(List<Row> rows) {
        return rows.stream()
                .collect(Collectors.groupingBy(Row::number, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(Presences::change)
                .toList();
    }

    private static PresenceChange change(List<Row> rows) {
        var first = rows.getFirst();
        var people = new ArrayList<PresentPerson>();
        for (var row : rows) {
            if (row.person != null) {
                people.add(row.person);
            }
        }
        return new PresenceChange(
                new TicketPresence(first.number, List.copyOf(people)),
                first.requesterId,
                first.organisationId,
                first.teamId);
    }

    private static Row row(ResultSet row) throws SQLException {
        var personId = Sql.uuidOrNull(row, "person_id");
        return new Row(
                row.getLong("number"),
                Sql.uuid(row, "requester_id"),
                Sql.uuidOrNull(row, "organisation_id"),
                Sql.uuid(row, "team_id"),
                personId == null
                        ? null
                        : new PresentPerson(
                                personId,
                                row.getString("name"),
                                row.getBoolean("is_replying") ? PresenceActivity.REPLYING : PresenceActivity.VIEWING));
    }

    /** @param numberBefore where the tab was before; null for a new one */
    private record Shown(@Nullable Long numberBefore, boolean isRepeated) {}

    /** @param person null at a ticket where nobody is */
    private record Row(
            long number,
            UUID requesterId,
            @Nullable UUID organisationId,
            UUID teamId,
            @Nullable PresentPerson person) {}
}
