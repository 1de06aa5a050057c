package io.tealdesk.rehearsal.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Which statements of a release the migrated database refuses, without running any. Statements that the database from
 * before refuses too are none of the release's as they stand: they are put together from pieces.
 */
final class StatementCheck {

    private final SchemaCopy copy;
    private final Explained explained;

    StatementCheck(SchemaCopy copy, String role) {
        this.copy = copy;
        this.explained = new Explained(role);
    }

    /** @return the misfits, and how many statements could be judged */
    Result run(Collection<String> statements, String before, String migrated) throws SQLException {
        List<Misfit> misfits = new ArrayList<>();
        int judged = 0;
        try (Connection old = copy.server().connectSimply(before);
                Connection now = copy.server().connectSimply(migrated)) {
            RequiredColumns requiredBefore = RequiredColumns.of(old);
            RequiredColumns requiredNow = RequiredColumns.of(now);
            for (String sql : statements) {
                if (!Explained.isExplainable(sql) || explained.refusal(old, sql).isPresent()) {
                    continue;
                }
                judged++;
                Optional<Misfit> refusal = explained.refusal(now, sql);
                if (refusal.isEmpty() && requiredBefore.leftOutBy(sql).isEmpty()) {
                    refusal = requiredNow.leftOutBy(sql);
                }
                refusal.ifPresent(misfits::add);
            }
        }
        return new Result(misfits, judged);
    }

    record Result(List<Misfit> misfits, int judged) {}
}
