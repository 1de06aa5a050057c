package io.tealdesk.rehearsal.schema;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/**
 * PostgreSQL's log in JSON, read through PostgreSQL. It knows what every session was told and what failed, whatever
 * program it was that connected.
 */
final class ServerLog {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int PIECE = 4 * 1024 * 1024;
    private static final Duration WRITTEN_WITHIN = Duration.ofSeconds(20);

    private final Server server;
    private String file = "";
    private long position;

    ServerLog(Server server) throws SQLException, InterruptedException {
        this.server = server;
        try (Connection connection = server.connect("postgres")) {
            file = currentFile(connection);
            position = Long.parseLong(Server.texts(connection, "select size::text from pg_stat_file(?)", file)
                    .getFirst());
        }
        next();
    }

    /** Everything said since the last call, in all databases. */
    List<LogEntry> next() throws SQLException, InterruptedException {
        String marker = "schema gate was here " + UUID.randomUUID();
        List<LogEntry> entries = new ArrayList<>();
        Instant until = Instant.now().plus(WRITTEN_WITHIN);
        try (Connection connection = server.connect("postgres")) {
            // What other sessions have said before is in the log before this.
            Server.execute(connection, "do $$ begin raise log '" + marker + "'; end $$");
            while (Instant.now().isBefore(until)) {
                for (LogEntry entry : newLines(connection)) {
                    if (entry.message().equals(marker)) {
                        return entries;
                    }
                    entries.add(entry);
                }
                Thread.sleep(Duration.ofMillis(10));
            }
        }
        throw new SQLException("PostgreSQL does not write its log to " + file);
    }

    private List<LogEntry> newLines(Connection connection) throws SQLException {
        List<LogEntry> entries = new ArrayList<>();
        readWholeLines(connection, entries);
        String current = currentFile(connection);
        if (!current.equals(file)) {
            readWholeLines(connection, entries);
            file = current;
            position = 0;
        }
        return entries;
    }

    private void readWholeLines(Connection connection, List<LogEntry> entries) throws SQLException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        for (byte[] piece = piece(connection, position); piece.length > 0; ) {
            read.writeBytes(piece);
            piece = piece.length < PIECE ? new byte[0] : piece(connection, position + read.size());
        }
        String text = read.toString(StandardCharsets.UTF_8);
        String whole = text.substring(0, text.lastIndexOf('\n') + 1);
        position += whole.getBytes(StandardCharsets.UTF_8).length;
        whole.lines().map(JSON::readTree).map(LogEntry::of).forEach(entries::add);
    }

    private byte[] piece(Connection connection, long offset) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select pg_read_binary_file(?, ?, ?)")) {
            statement.setString(1, file);
            statement.setLong(2, offset);
            statement.setLong(3, PIECE);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getBytes(1);
            }
        }
    }

    private static String currentFile(Connection connection) throws SQLException {
        String current = Server.texts(connection, "select coalesce(pg_current_logfile('jsonlog'), '')")
                .getFirst();
        if (current.isEmpty()) {
            throw new SQLException("PostgreSQL has to log as JSON: logging_collector = on, log_destination = jsonlog");
        }
        return current;
    }
}
