package io.tealdesk.rehearsal.schema;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What a role's sessions executed in a database, and what of it failed. */
record Inventory(Set<String> statements, Set<Misfit> errors) {

    /** Of no use any more, the schema forbids it, or it is not understood: what a migration can do to a statement. */
    private static final List<String> CLASSES = List.of("0A", "22", "23", "42");

    static Inventory read(Collection<LogEntry> log, String database, Predicate<String> user) {
        Set<String> statements = new LinkedHashSet<>();
        Set<Misfit> errors = new LinkedHashSet<>();
        for (LogEntry entry : log) {
            if (entry.database().equals(database) && user.test(entry.user())) {
                entry.executed().ifPresent(statements::add);
                if (entry.isError() && CLASSES.stream().anyMatch(entry.state()::startsWith)) {
                    errors.add(new Misfit(entry.statement().strip(), entry.state(), entry.message()));
                }
            }
        }
        return new Inventory(statements, errors);
    }
}
