package io.tealdesk.rehearsal.schema;

import io.tealdesk.rehearsal.recording.Event;
import io.tealdesk.rehearsal.recording.Recording;
import io.tealdesk.rehearsal.schema.Migrator.Outcome;
import io.tealdesk.rehearsal.schema.SchemaFindings.Finding;
import io.tealdesk.rehearsal.schema.SchemaFindings.Kind;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Tries the next release's migrations on copies of the database, before anything else happens, and says which of their
 * statements the running release cannot live with.
 *
 * <p>Three copies: one is migrated by the next release's own program while short transactions go on; on one the running
 * release works before and after, without being started again, as it will have to; on one the migration is run step by
 * step, to see which step a failure comes from.
 */
public final class SchemaGate {

    /**
     * People wait no longer for an answer without wondering, and at a hundred requests a second it already holds up as
     * many of them as the backend's tasks have connections.
     */
    public static final Duration SHUT_OUT_MAX = Duration.ofSeconds(1);

    private final SchemaCopy copy;
    private final String role;
    private final Recording recording;
    private final List<Finding> findings = new ArrayList<>();
    private boolean isMigrated;

    /** @param role of the application's user in the database */
    public SchemaGate(SchemaCopy copy, String role, Recording recording) {
        this.copy = copy;
        this.role = role;
        this.recording = recording;
    }

    /** To be called once. */
    public SchemaFindings examine(RunningRelease from, Migrator to)
            throws IOException, SQLException, InterruptedException {
        ServerLog log = new ServerLog(copy.server());
        String migrated = copy.fresh();
        MigrationRecord record = migrate(to, migrated, log);
        if (findings.isEmpty() && record.applied().isEmpty()) {
            say("The schema is what release %s needs, so nothing is migrated and release %s notices nothing"
                    .formatted(to.release(), from.release()));
        } else if (isMigrated && !record.applied().isEmpty()) {
            compare(from, record, migrated, log);
        }
        findings.forEach(finding -> say(finding.sentence()));
        return new SchemaFindings(
                record.applied().stream()
                        .map(MigrationStatement::script)
                        .distinct()
                        .toList(),
                List.copyOf(findings));
    }

    private MigrationRecord migrate(Migrator to, String database, ServerLog log)
            throws IOException, SQLException, InterruptedException {
        Outcome outcome;
        TableWatch.Seen seen;
        try (TableWatch watch = TableWatch.begin(copy.server(), database, Set.of(copy.owner()), role)) {
            outcome = to.migrate(database);
            seen = watch.end();
        }
        MigrationRecord record = MigrationRecord.read(log.next(), database, copy.owner());
        if (outcome.exitCode() != 0) {
            findings.add(failure(to, record.namedBy(outcome.log()), outcome));
        } else {
            isMigrated = true;
            record = record.succeeded();
        }
        for (HeldLock lock : ShutOut.worst(seen.locks(), SHUT_OUT_MAX)) {
            findings.add(new Finding(Kind.SHUTS_OUT, ShutOut.sentence(lock, record, seen.waits())));
        }
        return record;
    }

    private static Finding failure(Migrator to, MigrationRecord record, Outcome outcome) {
        LogEntry error = record.error();
        String sentence = record.culprit()
                .map(statement -> statement.named() + " fails: "
                        + (error == null ? "PostgreSQL does not say why" : error.message()))
                .orElseGet(() -> "release %s does not migrate the database: exit code %d, %s"
                        .formatted(to.release(), outcome.exitCode(), lastLine(outcome.log())));
        return new Finding(Kind.FAILS, sentence);
    }

    private static String lastLine(String log) {
        return log.lines()
                .filter(line -> !line.isBlank())
                .reduce((earlier, last) -> last)
                .orElse("and it says nothing");
    }

    private void compare(RunningRelease from, MigrationRecord record, String migrated, ServerLog log)
            throws IOException, SQLException, InterruptedException {
        String before = copy.fresh();
        GrowingLocks.told(copy, before, migrated, record.applied()).forEach(this::say);
        StatementCheck check = new StatementCheck(copy, role, before, migrated);
        Set<Misfit> misfits = new LinkedHashSet<>(check.run(from.statements()));
        if (misfits.isEmpty()) {
            Lived lived = live(from, record, log);
            misfits.addAll(lived.misfits());
            misfits.addAll(check.run(lived.statements()));
            if (misfits.isEmpty()) {
                lived.failures().forEach(failure -> breaks(from, record, "does not work any more: " + failure));
                startAgain(from, record, migrated);
            }
        } else {
            say("What release %s contains is enough to know, so it is not started".formatted(from.release()));
        }
        say("%d statements of release %s were tried on the schema of %s"
                .formatted(check.judged(), from.release(), record.last().script()));
        findings.addAll(Misfits.findings(new Attribution(role).run(misfits, record.applied(), copy), from.release()));
    }

    /** Lets the release work before and after, without a new start in between: as it will have to. */
    private Lived live(RunningRelease from, MigrationRecord record, ServerLog log)
            throws IOException, SQLException, InterruptedException {
        String database = copy.fresh();
        try (RunningRelease.Serving serving = from.start(database)) {
            List<String> failedBefore = serving.walk();
            failedBefore.forEach(failure -> say("Before any migration, on release " + from.release() + ": " + failure));
            Inventory before = Inventory.read(log.next(), database, this::isApplication);
            try (Replay replay = new Replay(copy.server(), database, copy.owner())) {
                replay.run(record.applied(), Replay.Look.NOTHING);
            }
            log.next();
            List<String> failures = serving.walk().stream()
                    .filter(failure -> !failedBefore.contains(failure))
                    .toList();
            failures.forEach(failure ->
                    say("After %s, on release %s: %s".formatted(record.last().script(), from.release(), failure)));
            Inventory after = Inventory.read(log.next(), database, this::isApplication);
            return new Lived(
                    before.statements(),
                    after.errors().stream()
                            .filter(error -> !before.errors().contains(error))
                            // The driver prepares again by itself, except within a transaction; then somebody was let
                            // down.
                            .filter(error -> !error.isOnlyAnOldPlan() || !failures.isEmpty())
                            .toList(),
                    failures);
        }
    }

    /** A task that dies while both releases serve is replaced by one of its own release. */
    private void startAgain(RunningRelease from, MigrationRecord record, String migrated)
            throws IOException, InterruptedException {
        try {
            from.start(migrated).close();
        } catch (DoesNotStart refusal) {
            breaks(from, record, "does not start any more: " + refusal.getMessage());
        }
    }

    private void breaks(RunningRelease from, MigrationRecord record, String how) {
        findings.add(new Finding(
                Kind.BREAKS_THE_RUNNING_RELEASE,
                "migration %s: release %s %s".formatted(record.last().script(), from.release(), how)));
    }

    /** Also the second user that Secrets Manager's rotation alternates with. */
    private boolean isApplication(String user) {
        return user.equals(role) || user.equals(role + "_clone");
    }

    private void say(String text) {
        recording.event(Event.Kind.MIGRATION, null, text);
    }

    /**
     * @param statements what it executed before the migration
     * @param misfits what PostgreSQL refused afterwards
     * @param failures what people did not get
     */
    private record Lived(Set<String> statements, List<Misfit> misfits, List<String> failures) {}
}
