package io.tealdesk.reporting;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** All that the current roll-ups say, whatever was counted and taken out again on the way there. */
final class CurrentRollUps {

    private CurrentRollUps() {}

    static List<String> of(JdbcClient jdbc) {
        return jdbc.sql("""
                        with day as (
                            select d.*, at, days[at] - coalesce(days[at - 1], 0) as n
                            from report_days d cross join generate_subscripts(days, 1) as at
                        ), month as (
                            select m.*, at, months[at] - coalesce(months[at - 1], 0) as n
                            from report_months m cross join generate_subscripts(months, 1) as at
                        ), said as (
                            select build, concat_ws(' ', measure, team_id, day, cells) as line
                            from report_cells where cells <> ''
                            union all
                            select build, concat_ws(' ', measure, team_id, agent_id, detail, day, cells)
                            from report_detail_cells where cells <> ''
                            union all
                            select build, concat_ws(' ', measure, team_id, agent_id, detail, month, at, n)
                            from day where n <> 0
                            union all
                            select build, concat_ws(' ', measure, team_id, agent_id, detail, first_month + at, n)
                            from month where n <> 0
                        )
                        select line from said where build = (select build from report_build where is_current)
                        order by line""").query(String.class).list();
    }
}
