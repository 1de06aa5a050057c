package io.tealdesk.rehearsal.drills;

import static io.tealdesk.rehearsal.drills.Safeguard.ALARMS;
import static io.tealdesk.rehearsal.drills.Safeguard.DRAINING;
import static io.tealdesk.rehearsal.drills.Safeguard.HEALTH_BEFORE_TRAFFIC;
import static io.tealdesk.rehearsal.drills.Safeguard.HOOK;
import static io.tealdesk.rehearsal.drills.Safeguard.LATENCY_ALARMS;
import static io.tealdesk.rehearsal.drills.Safeguard.REPETITION;
import static io.tealdesk.rehearsal.drills.Safeguard.SCHEMA_GATE;
import static io.tealdesk.rehearsal.drills.Safeguard.SILENCE_IS_FAILURE;

import io.tealdesk.rehearsal.drills.Drill.Ending;
import io.tealdesk.rehearsal.drills.Drill.Plot;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** All of them. */
public final class Drills {

    /** An hour's limit is waited for, and nothing that takes its own time happens meanwhile. */
    private static final double LONG_WAIT_FACTOR = 60;

    private static final String AN_ALARM = "^The alarm \\w+ went off\\.$";

    /** In the order in which a deployment would meet them. */
    public static final List<Drill> ALL = List.of(
            migration("drops-a-column", "alter table ticket drop column priority;"),
            migration(
                    "requires-a-column",
                    "alter table ticket add column origin text not null default 'portal';\n"
                            + "alter table ticket alter column origin drop default;"),
            migration("renames-a-table", "alter table message rename to entry;"),
            migration("holds-a-lock", "lock table ticket in access exclusive mode;\nselect pg_sleep(15);"),
            drill(
                    "green-never-healthy",
                    "Green's tasks have a wrong password for the database and never start.",
                    Ending.BACK_BEFORE_TRAFFIC,
                    "^Green's tasks did not become healthy within 60 minutes\\.$",
                    Set.of(HEALTH_BEFORE_TRAFFIC, HOOK, ALARMS),
                    LONG_WAIT_FACTOR,
                    new NeverHealthy()),
            drill(
                    "hook-fails",
                    "Green looks healthy and may not write to its database, which only the smoke test notices.",
                    Ending.BACK_BEFORE_TRAFFIC,
                    "^The hook of AfterAllowTestTraffic reported Failed\\.$",
                    Set.of(HOOK),
                    Drill.USUAL_FACTOR,
                    new CannotWrite(false)),
            drill(
                    "hook-never-reports",
                    "The smoke test hangs, on a green that may not write to its database.",
                    Ending.BACK_BEFORE_TRAFFIC,
                    "^The hook of AfterAllowTestTraffic did not report within 60 minutes\\.$",
                    Set.of(SILENCE_IS_FAILURE),
                    LONG_WAIT_FACTOR,
                    new CannotWrite(true)),
            underCanary(
                    "green-unhealthy-under-canary",
                    "Green answers nobody any more, health checks neither.",
                    ALARMS,
                    Accidents.UNHEALTHY),
            underCanary(
                    "green-answers-5xx",
                    "Green's database user loses its rights: the desk itself answers 500.",
                    ALARMS,
                    Accidents.NO_RIGHTS),
            drill(
                    "green-slow",
                    "Green gets a tenth of its CPU's time: ten times slower, and nothing fails.",
                    Ending.BACK_WHEN_SLOW,
                    "^The alarm BackendGreen(Slower|Latency)Alarm went off\\.$",
                    Set.of(LATENCY_ALARMS),
                    Drill.USUAL_FACTOR,
                    Accidents.SLOW),
            underCanary("green-killed", "All of green's tasks get kill -9.", REPETITION, Accidents.GREEN_KILLED),
            underCanary("blue-killed", "All of blue's tasks get kill -9.", REPETITION, Accidents.BLUE_KILLED),
            underCanary(
                    "postgresql-restarts", "PostgreSQL breaks down and recovers.", REPETITION, Accidents.DATABASE_GONE),
            drill(
                    "operator-stops",
                    "An operator stops the deployment under the canary.",
                    Ending.BACK_UNNOTICED,
                    "^An operator stopped the deployment\\.$",
                    Set.of(DRAINING),
                    Drill.USUAL_FACTOR,
                    Accidents.STOPPED));

    private Drills() {}

    public static Optional<Drill> named(String name) {
        return ALL.stream().filter(drill -> drill.name().equals(name)).findFirst();
    }

    private static Drill migration(String name, String sql) {
        return drill(
                "migration-" + name,
                "The next release's migration is: " + sql.replace('\n', ' '),
                Ending.REFUSED,
                "migration",
                Set.of(SCHEMA_GATE),
                Drill.USUAL_FACTOR,
                new Migration(name, sql));
    }

    private static Drill underCanary(String name, String story, Safeguard safeguard, Plot plot) {
        return drill(name, story, Ending.BACK_UNDER_TRAFFIC, AN_ALARM, Set.of(safeguard), Drill.USUAL_FACTOR, plot);
    }

    private static Drill drill(
            String name,
            String story,
            Ending ending,
            String reason,
            Set<Safeguard> safeguards,
            double factor,
            Plot plot) {
        return new Drill(name, story, ending, Pattern.compile(reason), safeguards, factor, plot);
    }
}
