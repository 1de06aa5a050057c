package io.tealdesk.database;

import io.tealdesk.shared.StartProblem;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the application start on a schema that it knows or a newer one, and on no older one: two releases share the
 * schema, and only the newer one's migrations make it.
 */
final class SchemaGate {

    private static final Logger log = LoggerFactory.getLogger(SchemaGate.class);

    private SchemaGate() {}

    static void check(MigrationInfoService migrations) {
        var failed = inState(migrations, MigrationState::isFailed);
        if (!failed.isEmpty()) {
            throw new StartProblem(
                    "A migration of the database has failed half-way: " + names(failed),
                    "Mend what it left behind, delete its row (success = false) from flyway_schema_history as the owner"
                            + " of the schema, then run this program with the argument `migrate`.");
        }
        var missing = inState(
                migrations, state -> !state.isApplied() && state.isResolved() && state != MigrationState.UNDONE);
        if (!missing.isEmpty()) {
            throw new StartProblem(
                    "The schema of the database is older than this release needs. Not applied yet: " + names(missing),
                    "Run this program with the argument `migrate` first.");
        }
        var newer = inState(migrations, state -> state == MigrationState.FUTURE_SUCCESS);
        if (newer.isEmpty()) {
            log.info("The schema is what this release needs");
        } else {
            log.info("The schema is newer than this release, which is fine: {}", names(newer));
        }
    }

    private static List<MigrationInfo> inState(
            MigrationInfoService migrations, java.util.function.Predicate<MigrationState> wanted) {
        return Arrays.stream(migrations.all())
                .filter(migration -> wanted.test(migration.getState()))
                .toList();
    }

    private static String names(List<MigrationInfo> migrations) {
        return migrations.stream()
                .map(migration -> migration.getVersion() + " " + migration.getDescription())
                .collect(Collectors.joining(", "));
    }
}
