package io.tealdesk.rehearsal.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the statement of a migration after which a misfit is one, by running the migration again step by step. */
final class Attribution {

    private static final Pattern NOT_NULL =
            Pattern.compile("null value in column \"([^\"]+)\" of relation \"([^\"]+)\" violates not-null constraint");
    private static final Pattern CONSTRAINT = Pattern.compile("violates \\S+(?: \\S+)? constraint \"([^\"]+)\"");
    private static final Pattern RELATION = Pattern.compile("(?i)\\b(?:from|into|update|join)\\s+\"?(\\w+)\"?");

    private static final String IS_NOT_NULL = """
            select 'yes' from pg_attribute a join pg_class c on c.oid = a.attrelid
            where c.relname = ? and a.attname = ? and a.attnotnull""";

    private static final String HAS_CONSTRAINT = """
            select 'yes' from pg_constraint where conname = ?
            union all select 'yes' from pg_index i join pg_class c on c.oid = i.indexrelid
            where i.indisunique and c.relname = ?""";

    private final Explained explained;
    private final Map<Misfit, MigrationStatement> culprits = new LinkedHashMap<>();

    Attribution(String role) {
        this.explained = new Explained(role);
    }

    Map<Misfit, MigrationStatement> run(
            Collection<Misfit> misfits, List<MigrationStatement> migrations, SchemaCopy copy)
            throws SQLException, InterruptedException {
        try (Replay replay = new Replay(copy.server(), copy.fresh(), copy.owner())) {
            replay.run(migrations, (done, connection) -> {
                for (Misfit misfit : misfits) {
                    if (!culprits.containsKey(misfit) && isOne(misfit, connection)) {
                        culprits.put(misfit, done);
                    }
                }
            });
        }
        for (Misfit misfit : misfits) {
            culprits.computeIfAbsent(misfit, each -> lastThatMentions(each, migrations));
        }
        return culprits;
    }

    private boolean isOne(Misfit misfit, Connection connection) throws SQLException {
        Matcher notNull = NOT_NULL.matcher(misfit.message());
        if (notNull.find()) {
            return !Server.texts(connection, IS_NOT_NULL, notNull.group(2), notNull.group(1))
                    .isEmpty();
        }
        Matcher constraint = CONSTRAINT.matcher(misfit.message());
        if (constraint.find()) {
            return !Server.texts(connection, HAS_CONSTRAINT, constraint.group(1), constraint.group(1))
                    .isEmpty();
        }
        return Explained.isExplainable(misfit.sql())
                && explained.refusal(connection, misfit.sql()).isPresent();
    }

    private static @Nullable MigrationStatement lastThatMentions(Misfit misfit, List<MigrationStatement> migrations) {
        if (migrations.isEmpty()) {
            return null;
        }
        List<String> relations = RELATION.matcher(misfit.sql())
                .results()
                .map(found -> found.group(1))
                .toList();
        return migrations.reversed().stream()
                .filter(each -> relations.stream().anyMatch(each::mentions))
                .findFirst()
                .orElse(migrations.getLast());
    }
}
