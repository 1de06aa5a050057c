package io.tealdesk.database;

import io.tealdesk.shared.StartProblem;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the schema to what this release needs, while the release before it is serving. */
class Migration {

    /**
     * Whoever waits for a lock makes everybody behind it wait as well, so a migration gives up soon and comes again. An
     * index may take its time.
     */
    static final String LIMITS = "set lock_timeout = '3s'; set statement_timeout = '20min'; "
            + "set idle_in_transaction_session_timeout = '5min'; set application_name = 'tealdesk migrate'";

    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final int ATTEMPTS_MAX = 10;
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Logger log = LoggerFactory.getLogger(Migration.class);

    private final Flyway flyway;
    private final DataSource dataSource;

    Migration(Flyway flyway, DataSource dataSource) {
        this.flyway = flyway;
        this.dataSource = dataSource;
    }

    void run() {
        try {
            migrate(1);
            HistoryTable.protect(dataSource);
        } catch (FlywayException | SQLException failure) {
            throw new StartProblem(
                    "The database is not migrated: " + failure.getMessage(),
                    "What was applied before stays applied, and the release that serves goes on. Mend the cause, then run"
                            + " `migrate` again.",
                    failure);
        }
    }

    private void migrate(int attempt) {
        try {
            var result = flyway.migrate();
            log.info(
                    "The schema is at {}; {} migrations were applied",
                    result.targetSchemaVersion == null ? result.initialSchemaVersion : result.targetSchemaVersion,
                    result.migrationsExecuted);
        } catch (FlywayException failure) {
            if (attempt == ATTEMPTS_MAX || !isLockTimeout(failure)) {
                throw failure;
            }
            log.warn("A table is in use for longer than the migration may wait; trying again in {}", PAUSE);
            pause();
            migrate(attempt + 1);
        }
    }

    private static boolean isLockTimeout(@Nullable Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && LOCK_NOT_AVAILABLE.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FlywayException("Interrupted", e);
        }
    }
}
