package io.tealdesk.demo;

import io.tealdesk.shared.Sql;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Writes business hours and two SLA policies. What was late before them is nobody's news. */
class DemoSla {

    private static final List<String> DAYS = List.of("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY");
    private static final Map<String, Object> NOTHING =
            Map.of("notifyAssignee", false, "notifyTeam", false, "personIds", List.of());

    private final JdbcTemplate jdbc;
    private final Instant now;

    DemoSla(JdbcTemplate jdbc, Instant now) {
        this.jdbc = jdbc;
        this.now = now;
    }

    void write() {
        var intervals = new ArrayList<Map<String, String>>();
        for (var day : DAYS) {
            intervals.add(Map.of("day", day, "from", "09:00", "to", "12:30"));
            intervals.add(Map.of("day", day, "from", "13:30", "to", "18:00"));
        }
        intervals.add(Map.of("day", "SATURDAY", "from", "10:00", "to", "14:00"));
        jdbc.update(
                """
                insert into sla_calendar (name, is_default, content, created_at)
                values ('Shop and phone', true, cast(? as jsonb), ?)""",
                json(Map.of(
                        "timeZone",
                        "Europe/London",
                        "intervals",
                        intervals,
                        "holidays",
                        List.of(
                                holiday("2026-01-01", "New Year’s Day"),
                                holiday("2026-12-25", "Christmas Day"),
                                holiday("2026-12-26", "Boxing Day")))),
                Sql.timestamp(now));
        policy(0, "Urgent", List.of("HIGH", "CRITICAL"), Map.of("firstReplyMinutes", 60, "nextReplyMinutes", 240));
        policy(1, "Everybody", List.of(), Map.of("firstReplyMinutes", 480, "nextReplyMinutes", 960));
        jdbc.update("insert into sla_sweep (rules_since) values (?) on conflict do nothing", Sql.timestamp(now));
    }

    private void policy(int position, String name, List<String> priorities, Map<String, Integer> promises) {
        var rules = new HashMap<String, Object>(promises);
        rules.put("teamIds", List.of());
        rules.put("organisationIds", List.of());
        rules.put("priorities", priorities);
        rules.put("aroundTheClock", false);
        rules.put("pauses", List.of("WAITING_ON_CUSTOMER", "SNOOZED"));
        rules.put("warningPercent", 75);
        rules.put("onWarning", NOTHING);
        rules.put("onBreach", NOTHING);
        jdbc.update(
                "insert into sla_policy (name, position, content, created_at) values (?, ?, cast(? as jsonb), ?)",
                name,
                position,
                json(rules),
                Sql.timestamp(now));
    }

    private static Map<String, Object> holiday(String date, String name) {
        return Map.of("date", date, "yearly", true, "name", name);
    }

    private static String json(Object content) {
        return JsonMapper.shared().writeValueAsString(content);
    }
}
