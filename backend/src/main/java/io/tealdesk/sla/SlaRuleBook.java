package io.tealdesk.sla;

import io.tealdesk.shared.Sql;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads all rules at once, and notes that they have changed. */
@Component
class SlaRuleBook {

    private final JdbcClient jdbc;
    private final JsonMapper json;

    SlaRuleBook(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        // What another release has kept may hold more.
        this.json = json.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }

    /** One statement each, so a change in between is seen half; whoever changes asks for all to be reckoned again. */
    SlaRuleSet read() {
        var since = jdbc.sql("select rules_since from sla_sweep")
                .query((row, index) -> Sql.instant(row, "rules_since"))
                .optional()
                .orElse(Instant.EPOCH);
        var policies = policies();
        // Most desks begin without any, and then nothing else is asked for.
        return policies.isEmpty()
                ? new SlaRuleSet(policies, Map.of(), BusinessHours.AROUND_THE_CLOCK, since)
                : withHours(policies, since);
    }

    private SlaRuleSet withHours(List<SlaPolicy> policies, Instant since) {
        var ofTeams = new HashMap<UUID, BusinessHours>();
        var ofOthers = new BusinessHours[] {BusinessHours.AROUND_THE_CLOCK};
        jdbc.sql("""
                        select c.content::text as content, c.is_default,
                               array(select t.team_id from sla_calendar_team t where t.calendar_id = c.id) as teams
                        from sla_calendar c where c.archived_at is null""").query(row -> {
            var hours = hours(row.getString("content")).businessHours();
            if (row.getBoolean("is_default")) {
                ofOthers[0] = hours;
            }
            Sql.uuids(row, "teams").forEach(team -> ofTeams.put(team, hours));
        });
        return new SlaRuleSet(policies, ofTeams, ofOthers[0], since);
    }

    /** Those that a policy counts in for that team. */
    BusinessHours hours(UUID teamId, SlaRules rules) {
        return withHours(List.of(), Instant.EPOCH).hoursOf(rules, teamId);
    }

    /** In their order. */
    List<SlaPolicy> policies() {
        return jdbc.sql("""
                        select id, name, content::text as content, version
                        from sla_policy where archived_at is null order by position, created_at, id""")
                .query((row, index) -> new SlaPolicy(
                        Sql.uuid(row, "id"),
                        row.getString("name"),
                        index,
                        json.readValue(row.getString("content"), SlaRules.class),
                        row.getLong("version")))
                .list();
    }

    SlaCalendarHours hours(String content) {
        return json.readValue(content, SlaCalendarHours.class);
    }

    String written(Object content) {
        return json.writeValueAsString(content);
    }

    /** All open tickets are reckoned again, from the newest on. At the end of the transaction: others wait for it. */
    @Transactional(propagation = Propagation.MANDATORY)
    void changed(Instant now) {
        jdbc.sql("""
                        insert into sla_sweep (rules_since) values (:now)
                        on conflict (singleton) do update
                        set rules_since = excluded.rules_since, at_created = default, at_number = default,
                            is_finished = false""").param("now", Sql.timestamp(now)).update();
    }
}
