package io.tealdesk.rehearsal.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which statements of a release the migrated database refuses, without running any. Statements that the database from
 * before refuses too are none of the release's as they stand: they are put together from pieces.
 */
final class StatementCheck {

    private final SchemaCopy copy;
    private final Explained explained;
    private final String before;
    private final String migrated;
    private final Set<String> judged = new HashSet<>();

    /** @param role whose statements they are */
    StatementCheck(SchemaCopy copy, String role, String before, String migrated) {
        this.copy = copy;
        this.explained = new Explained(role);
        this.before = before;
        this.migrated = migrated;
    }

    List<Misfit> run(Collection<String> statements) throws SQLException {
        List<Misfit> misfits = new ArrayList<>();
        try (Connection old = copy.server().connectSimply(before);
                Connection now = copy.server().connectSimply(migrated)) {
            RequiredColumns requiredBefore = RequiredColumns.of(old);
            RequiredColumns requiredNow = RequiredColumns.of(now);
            for (String sql : statements) {
                if (!Explained.isExplainable(sql) || explained.refusal(old, sql).isPresent() || !judged.add(sql)) {
                    continue;
                }
                Optional<Misfit> refusal = explained.refusal(now, sql);
                if (refusal.isEmpty() && requiredBefore.leftOutBy(sql).isEmpty()) {
                    refusal = requiredNow.leftOutBy(sql);
                }
                refusal.ifPresent(misfits::add);
            }
        }
        return misfits;
    }

    /** How many statements it could say something about. */
    int judged() {
        return judged.size();
    }
}
