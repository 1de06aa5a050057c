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
import java.util.Map;
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
    static final Duration SHUT_OUT_MAX = Duration.ofSeconds(1);

    private final SchemaCopy copy;
    private final String role;
    private final Recording recording;
    private final List<Finding> findings = new ArrayList<>();

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
        } else if (record.failed().isEmpty() && !record.applied().isEmpty()) {
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
        List<HeldLock> locks;
        Map<String, Duration> waits;
        try (LockWatch watch = LockWatch.begin(copy.server(), database, copy.owner());
                Prober prober = Prober.begin(copy.server(), database, role)) {
            outcome = to.migrate(database);
            locks = watch.end();
            waits = prober.end();
        }
        MigrationRecord record = MigrationRecord.read(log.next(), database, copy.owner());
        if (outcome.exitCode() != 0) {
            findings.add(failure(to, record.namedBy(outcome.log()), outcome));
        } else {
            record = record.succeeded();
        }
        for (HeldLock lock : ShutOut.worst(locks, SHUT_OUT_MAX)) {
            findings.add(new Finding(Kind.SHUTS_OUT, ShutOut.sentence(lock, record, waits)));
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
        String lived = copy.fresh();
        Set<String> statements = new LinkedHashSet<>(from.statements());
        Set<Misfit> misfits = new LinkedHashSet<>();
        List<String> failures;
        try (RunningRelease.Serving serving = from.start(lived)) {
            Set<String> failedBefore = Set.copyOf(serving.walk());
            Inventory before = Inventory.read(log.next(), lived, this::isApplication);
            statements.addAll(before.statements());
            try (Replay replay = new Replay(copy.server(), lived, copy.owner())) {
                replay.run(record.applied(), Replay.Look.NOTHING);
            }
            log.next();
            failures = serving.walk().stream()
                    .filter(failure -> !failedBefore.contains(failure))
                    .toList();
            Inventory after = Inventory.read(log.next(), lived, this::isApplication);
            after.errors().stream()
                    .filter(error -> !before.errors().contains(error))
                    .forEach(misfits::add);
        }
        StatementCheck.Result check = new StatementCheck(copy, role).run(statements, copy.fresh(), migrated);
        misfits.addAll(check.misfits());
        say("%d statements of release %s were tried on the schema of %s"
                .formatted(
                        check.judged(),
                        from.release(),
                        record.applied().getLast().script()));
        if (!misfits.isEmpty()) {
            Map<Misfit, MigrationStatement> culprits = new Attribution(role).run(misfits, record.applied(), copy);
            findings.addAll(Misfits.findings(culprits, from.release()));
        } else if (!failures.isEmpty()) {
            failures.forEach(failure -> findings.add(new Finding(
                    Kind.BREAKS_THE_RUNNING_RELEASE,
                    "migration %s: release %s does not work any more: %s"
                            .formatted(record.applied().getLast().script(), from.release(), failure))));
        }
    }

    /** Also the second user that Secrets Manager's rotation alternates with. */
    private boolean isApplication(String user) {
        return user.equals(role) || user.equals(role + "_clone");
    }

    private void say(String text) {
        recording.event(Event.Kind.MIGRATION, null, text);
    }
}
