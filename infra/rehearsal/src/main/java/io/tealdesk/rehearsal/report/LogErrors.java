package io.tealdesk.rehearsal.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Finds the lines of a task's log that say that something went wrong: the backend's, Nginx' and the JVM's own. */
public final class LogErrors {

    private static final int LONGEST = 400;
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern NGINX = Pattern.compile("\\[(error|crit|alert|emerg)]");
    private static final Pattern UNCAUGHT = Pattern.compile(
            "^Exception in thread |^Caused by: |^\\S*(Exception|Error): "
                    + "|\\bOutOfMemoryError|^# A fatal error has been detected|^Error occurred during initialization of VM");
    private static final Pattern PLAIN_LEVEL = Pattern.compile("^\\S+ +(ERROR|FATAL) ");

    private LogErrors() {}

    public static List<String> in(Path log) throws IOException {
        return in(log, List.of());
    }

    /** One line for each error that is not allowed for, as far as a reader needs it. */
    public static List<String> in(Path log, List<Allowance> allowances) throws IOException {
        List<String> errors = new ArrayList<>();
        // Not Files.lines: a task that was killed may have left half a character.
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(log), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Found found = error(line);
                if (found != null && allowances.stream().noneMatch(allowance -> allowance.covers(found))) {
                    errors.add(shortened(found.text));
                }
            }
        }
        return errors;
    }

    /**
     * A release's part of the facts.
     *
     * @param logs by task name
     */
    public static Facts.ReleaseLog of(String release, Map<String, Path> logs, List<Allowance> allowances)
            throws IOException {
        List<String> errors = new ArrayList<>();
        for (Map.Entry<String, Path> log : logs.entrySet()) {
            in(log.getValue(), allowances).forEach(error -> errors.add(log.getKey() + ": " + error));
        }
        return new Facts.ReleaseLog(release, List.copyOf(errors));
    }

    private static @Nullable Found error(String line) {
        String stripped = line.strip();
        if (stripped.startsWith("{")) {
            JsonNode json = parsed(stripped);
            if (json != null) {
                return structured(json);
            }
        }
        boolean isError = NGINX.matcher(line).find()
                || UNCAUGHT.matcher(line).find()
                || PLAIN_LEVEL.matcher(line).find();
        return isError ? new Found(stripped, null) : null;
    }

    /** Null for half a line. */
    private static @Nullable JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (JacksonException e) {
            return null;
        }
    }

    private static @Nullable Found structured(JsonNode json) {
        String level = text(json, "log", "level");
        if (!level.equals("ERROR") && !level.equals("FATAL")) {
            return null;
        }
        String type = text(json, "error", "type");
        String detail = text(json, "error", "message");
        String text = "%s: %s%s"
                .formatted(
                        text(json, "log", "logger"),
                        json.path("message").asString(""),
                        type.isEmpty() ? "" : " (%s: %s)".formatted(type, detail));
        return new Found(text, instant(json.path("@timestamp").asString("")));
    }

    /** Elastic's field, nested or with a dot in its name. */
    private static String text(JsonNode json, String group, String field) {
        JsonNode nested = json.path(group).path(field);
        return nested.isMissingNode() ? json.path(group + "." + field).asString("") : nested.asString("");
    }

    private static @Nullable Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    private record Found(String text, @Nullable Instant at) {}

    /**
     * Errors that a drill provokes and that are therefore right.
     *
     * @param from null for all the time; lines without a time, such as those of a stack trace, are covered always
     */
    public record Allowance(
            Pattern text, @Nullable Instant from, @Nullable Instant to) {

        public static Allowance of(String regularExpression) {
            return new Allowance(Pattern.compile(regularExpression), null, null);
        }

        public Allowance between(Instant first, Instant last) {
            return new Allowance(text, first, last);
        }

        private boolean covers(Found found) {
            Instant at = found.at;
            boolean inTime = at == null || ((from == null || !at.isBefore(from)) && (to == null || !at.isAfter(to)));
            return inTime && text.matcher(found.text).find();
        }
    }
}
