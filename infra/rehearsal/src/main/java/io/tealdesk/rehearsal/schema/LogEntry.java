package io.tealdesk.rehearsal.schema;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A line of PostgreSQL's log.
 *
 * @param pid of the session
 * @param state the SQLSTATE; empty when there is none
 * @param statement what the session was told when it failed; empty when there is none
 * @param detail such as the values of a statement's parameters
 */
record LogEntry(
        int pid,
        String database,
        String user,
        String severity,
        String state,
        String message,
        String statement,
        String detail) {

    private static final Pattern EXECUTED = Pattern.compile("(?:statement|execute [^:]+): (.*)", Pattern.DOTALL);

    static LogEntry of(JsonNode line) {
        return new LogEntry(
                line.path("pid").asInt(0),
                line.path("dbname").asString(""),
                line.path("user").asString(""),
                line.path("error_severity").asString(""),
                line.path("state_code").asString(""),
                line.path("message").asString(""),
                line.path("statement").asString(""),
                line.path("detail").asString(""));
    }

    /** What the session began to execute, if this line says so. */
    Optional<String> executed() {
        Matcher matcher = EXECUTED.matcher(message);
        return severity.equals("LOG") && matcher.matches()
                ? Optional.of(matcher.group(1).strip())
                : Optional.empty();
    }

    boolean isError() {
        return severity.equals("ERROR");
    }
}
