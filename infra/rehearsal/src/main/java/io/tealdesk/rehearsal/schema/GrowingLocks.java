package io.tealdesk.rehearsal.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Statements that shut people out of a table for as long as it is large, which a copy with a rehearsal's few rows does
 * not show: they are told, for a person to judge.
 */
final class GrowingLocks {

    private static final Pattern PLAIN_INDEX =
            Pattern.compile("(?is)\\s*create\\s+(?:unique\\s+)?index\\s+(?!concurrently\\b).*");

    /** A table that is written anew gets a new file. */
    private static final String FILES = """
            select relname || ' ' || pg_relation_filenode(oid) from pg_class
            where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> '%s'""".formatted(Server.HISTORY);

    private GrowingLocks() {}

    static List<String> told(SchemaCopy copy, String before, String migrated, List<MigrationStatement> statements)
            throws SQLException {
        Set<String> rewritten;
        Set<String> tables;
        try (Connection old = copy.server().connect(before);
                Connection now = copy.server().connect(migrated)) {
            Set<String> files = new HashSet<>(Server.texts(old, FILES));
            tables = names(files);
            files.removeAll(Server.texts(now, FILES));
            rewritten = names(files);
            rewritten.retainAll(names(new HashSet<>(Server.texts(now, FILES))));
        }
        List<String> told = new ArrayList<>();
        for (String table : rewritten) {
            statements.reversed().stream()
                    .filter(statement -> statement.mentions(table))
                    .findFirst()
                    .ifPresent(statement -> told.add(statement.named() + " writes table " + table
                            + " anew: nobody can read or write it for as long as that takes"));
        }
        for (MigrationStatement statement : statements) {
            if (PLAIN_INDEX.matcher(statement.sql()).matches()) {
                tables.stream()
                        .filter(table -> statement.sql().matches("(?is).*\\bon\\s+(?:public\\.)?" + table + "\\b.*"))
                        .forEach(table -> told.add(statement.named() + " makes an index that is not concurrent:"
                                + " nobody can write table " + table + " for as long as that takes"));
            }
        }
        return told;
    }

    private static Set<String> names(Set<String> files) {
        Set<String> names = new HashSet<>();
        files.forEach(file -> names.add(file.substring(0, file.indexOf(' '))));
        return names;
    }
}
