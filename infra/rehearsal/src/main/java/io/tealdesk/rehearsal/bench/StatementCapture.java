package io.tealdesk.rehearsal.bench;

import io.tealdesk.rehearsal.load.Caller;
import io.tealdesk.rehearsal.world.Database;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads from PostgreSQL's log what SQL an operation consists of, so that nobody has to keep a copy of it. */
final class StatementCapture {

    private static final String APPLICATION = "tealdesk_app";
    /** What the desk asks by itself, whether or not somebody works. */
    private static final Pattern BY_ITSELF =
            Pattern.compile("scheduled_tasks|search_queue|search_fill|report_(drain|build|forget|queue)"
                    + "|(?i:^listen |^unlisten |^set |^show |pg_snapshot)");
    /** A session that was renewed on the way; nothing else of what is repeated here changes anything. */
    private static final Pattern CHANGES = Pattern.compile(
            "^(insert|update|delete|with )\\b.*\\brefresh_token", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    private static final Duration WRITTEN_WITHIN = Duration.ofSeconds(20);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Database database;

    StatementCapture(Database database) {
        this.database = database;
    }

    /** @return the statements of each time the operation was done */
    List<List<SqlStatement>> capture(Operation operation, List<Caller> agents, int times, long seed)
            throws SQLException, IOException, InterruptedException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            Path log = log(statement);
            statement.execute("set log_statement = 'all'");
            // Terse, as on AWS, it would leave the values out.
            statement.execute("alter role %s set log_error_verbosity = 'default'".formatted(APPLICATION));
            statement.execute("alter role %s set log_statement = 'all'".formatted(APPLICATION));
            try {
                reconnect(statement, operation, agents.getFirst());
                var random = new SplittableRandom(seed);
                String mark = "mark " + UUID.randomUUID() + " ";
                statement.execute("select '" + mark + "0'");
                for (int time = 1; time <= times; time++) {
                    operation.run(agents.get(time % agents.size()), random);
                    statement.execute("select '" + mark + time + "'");
                }
                return read(log, mark, times);
            } finally {
                statement.execute("alter role %s reset all".formatted(APPLICATION));
                reconnect(statement, operation, agents.getFirst());
            }
        }
    }

    private static Path log(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("select pg_current_logfile('jsonlog')")) {
            row.next();
            return Path.of(row.getString(1));
        }
    }

    /** A role's settings only hold for connections to come. */
    private static void reconnect(Statement statement, Operation operation, Caller agent)
            throws SQLException, InterruptedException {
        statement.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where usename = '%s'".formatted(APPLICATION));
        var random = new SplittableRandom(0);
        int worked = 0;
        for (int attempt = 0; attempt < 200 && worked < 20; attempt++) {
            try {
                operation.run(agent, random);
                worked++;
            } catch (IOException brokenConnection) {
                worked = 0;
                Thread.sleep(100);
            }
        }
        if (worked == 0) {
            throw new IllegalStateException("The desk does not find back to its database");
        }
    }

    private static List<List<SqlStatement>> read(Path log, String mark, int times)
            throws IOException, InterruptedException {
        long latest = System.nanoTime() + WRITTEN_WITHIN.toNanos();
        String text = Files.readString(log, StandardCharsets.UTF_8);
        // Another process writes it.
        while (!text.contains(mark + times)) {
            if (System.nanoTime() > latest) {
                throw new IOException("PostgreSQL's log does not come to its end: " + log);
            }
            Thread.sleep(50);
            text = Files.readString(log, StandardCharsets.UTF_8);
        }
        List<List<SqlStatement>> all = new ArrayList<>();
        @Nullable List<SqlStatement> current = null;
        for (String line : text.lines().toList()) {
            if (current == null && !line.contains(mark)) {
                continue;
            }
            JsonNode entry = JSON.readTree(line);
            String message = entry.path("message").asString("");
            if (message.contains(mark)) {
                if (message.contains(mark + times)) {
                    break;
                }
                current = new ArrayList<>();
                all.add(current);
                continue;
            }
            if (current == null || !entry.path("user").asString("").equals(APPLICATION)) {
                continue;
            }
            SqlStatement statement =
                    SqlStatement.logged(message, entry.path("detail").asString(""));
            if (statement != null && !BY_ITSELF.matcher(statement.sql()).find()) {
                current.add(statement);
            }
        }
        all.removeIf(run -> run.stream()
                .anyMatch(statement -> CHANGES.matcher(statement.sql()).find()));
        if (all.isEmpty()) {
            throw new IOException("Every request renewed its session; there is nothing to repeat: " + log);
        }
        return all;
    }
}
