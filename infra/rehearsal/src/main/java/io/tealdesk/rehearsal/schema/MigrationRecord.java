package io.tealdesk.rehearsal.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a release's migrations told the database, from its log.
 *
 * <p>Flyway uses two sessions: one keeps its history table, the other runs the files. The second sets the search path
 * and asks for the server's version before each file; the first enters the file's name after each. Where its lock is no
 * transaction of its own, one session does both.
 *
 * @param applied in their order
 * @param failed the statements of a file that was begun and not applied, up to the one that failed
 */
record MigrationRecord(
        List<MigrationStatement> applied,
        List<MigrationStatement> failed,
        @Nullable LogEntry error) {

    private static final String BEGINS_FILE = "SELECT set_config('search_path', $1, false)";
    private static final String ENTERED = "INSERT INTO \"public\".\"" + Server.HISTORY + "\"";
    /** Of a file that is no transaction Flyway remembers that it failed half-way. */
    private static final Pattern NOT_SUCCEEDED = Pattern.compile("\\$\\d+ = 'f'$");

    private static final Pattern SCRIPT = Pattern.compile("\\$5 = '([^']+)'");
    /** Flyway's own words within a file. */
    private static final Pattern NOT_OF_THE_FILE = Pattern.compile(
            "(?i)select version\\(\\)|select current_user|set role '.*'|begin|select pg_(?:try_)?advisory_.*");

    private static final String NAME_UNKNOWN = "";

    static MigrationRecord read(List<LogEntry> log, String database, String owner) {
        Reader reader = new Reader();
        log.stream()
                .filter(entry ->
                        entry.database().equals(database) && entry.user().equals(owner))
                .forEach(reader::read);
        return reader.record();
    }

    /** The one that failed, with the file's name, which only the program knows that migrated. */
    MigrationRecord namedBy(String output) {
        Matcher script = Pattern.compile("\\bV[\\w.]+__\\w+\\.sql\\b").matcher(output);
        String name = null;
        while (script.find()) {
            name = script.group();
        }
        String named = name == null ? "(unknown)" : name;
        return new MigrationRecord(
                applied,
                failed.stream()
                        .map(each -> new MigrationStatement(named, each.number(), each.sql(), each.inTransaction()))
                        .toList(),
                error);
    }

    /** What failed on the way was tried again. */
    MigrationRecord succeeded() {
        return new MigrationRecord(applied, List.of(), null);
    }

    MigrationStatement last() {
        return applied.getLast();
    }

    Optional<MigrationStatement> culprit() {
        return failed.isEmpty() ? Optional.empty() : Optional.of(failed.getLast());
    }

    private static final class Reader {

        private final List<MigrationStatement> applied = new ArrayList<>();
        private final Map<Integer, Boolean> inTransaction = new HashMap<>();
        private List<MigrationStatement> file = new ArrayList<>();
        private List<MigrationStatement> failed = new ArrayList<>();
        private @Nullable LogEntry error;
        private int reading;

        void read(LogEntry entry) {
            if (entry.isError()) {
                // Tried again, a file that is no transaction meets what it left behind the first time.
                error = error == null ? entry : error;
                failed = file;
                // A statement that PostgreSQL cannot parse is never executed, and so is not in the log as executed.
                if (entry.pid() == reading && (file.isEmpty() || !isSame(file.getLast(), entry.statement()))) {
                    add(entry.pid(), entry.statement());
                }
                reading = 0;
                return;
            }
            entry.executed().ifPresent(sql -> read(entry, sql));
        }

        private void read(LogEntry entry, String sql) {
            if (sql.startsWith(ENTERED) && NOT_SUCCEEDED.matcher(entry.detail()).find()) {
                reading = 0;
            } else if (sql.startsWith(ENTERED)) {
                Matcher script = SCRIPT.matcher(entry.detail());
                String name = script.find() ? script.group(1) : NAME_UNKNOWN;
                file.forEach(each ->
                        applied.add(new MigrationStatement(name, each.number(), each.sql(), each.inTransaction())));
                file = new ArrayList<>();
                failed = List.of();
                error = null;
                reading = 0;
            } else if (sql.equalsIgnoreCase("begin")) {
                inTransaction.put(entry.pid(), true);
            } else if (sql.equalsIgnoreCase("commit") || sql.equalsIgnoreCase("rollback")) {
                inTransaction.put(entry.pid(), false);
                reading = entry.pid() == reading ? 0 : reading;
            } else if (sql.equals(BEGINS_FILE)) {
                reading = entry.pid();
                file = new ArrayList<>();
            } else if (entry.pid() == reading
                    && entry.detail().isEmpty()
                    && !NOT_OF_THE_FILE.matcher(sql).matches()) {
                // A file's statements have no parameters, which would be the detail.
                add(entry.pid(), sql);
            }
        }

        private void add(int pid, String sql) {
            file.add(new MigrationStatement(
                    NAME_UNKNOWN, file.size() + 1, sql.strip(), inTransaction.getOrDefault(pid, false)));
        }

        private static boolean isSame(MigrationStatement statement, String sql) {
            return statement.sql().equals(sql.strip());
        }

        MigrationRecord record() {
            return new MigrationRecord(List.copyOf(applied), List.copyOf(failed), error);
        }
    }
}
