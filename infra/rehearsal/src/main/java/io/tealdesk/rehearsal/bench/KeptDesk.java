package io.tealdesk.rehearsal.bench;

import io.tealdesk.rehearsal.bench.desk.DeskLoader;
import io.tealdesk.rehearsal.world.Database;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/**
 * A loaded desk for the next time: to load a million tickets and fill the search index takes a quarter of an hour, to copy
 * them a minute. Migrations that have come since are made up for by whoever begins with it.
 */
final class KeptDesk {

    /** By then "last week" would be empty. */
    private static final Duration GOOD_FOR = Duration.ofDays(2);

    private final Path folder;
    private final int tickets;

    KeptDesk(Path folder, int tickets, long seed) {
        this.folder = folder.resolve(tickets + "-" + seed);
        this.tickets = tickets;
    }

    Path database() {
        return folder.resolve("postgresql");
    }

    private Path facts() {
        return folder.resolve("desk.properties");
    }

    Optional<DeskLoader.Loaded> found(Instant now) throws IOException {
        if (Files.notExists(facts()) || Files.notExists(database())) {
            return Optional.empty();
        }
        Properties facts = new Properties();
        try (Reader reader = Files.newBufferedReader(facts())) {
            facts.load(reader);
        }
        if (Instant.parse(facts.getProperty("loadedAt")).plus(GOOD_FOR).isBefore(now)) {
            throw new IOException("What is kept is too old, delete it: " + folder);
        }
        return Optional.of(new DeskLoader.Loaded(
                tickets,
                Long.parseLong(facts.getProperty("messages")),
                Integer.parseInt(facts.getProperty("customers")),
                Duration.parse(facts.getProperty("took"))));
    }

    void keep(Database database, DeskLoader.Loaded loaded, Instant now) throws IOException {
        Files.createDirectories(folder);
        database.keep(database());
        Properties facts = new Properties();
        facts.setProperty("loadedAt", now.toString());
        facts.setProperty("messages", Long.toString(loaded.messages()));
        facts.setProperty("customers", Integer.toString(loaded.customers()));
        facts.setProperty("took", loaded.took().toString());
        try (Writer writer = Files.newBufferedWriter(facts())) {
            facts.store(writer, null);
        }
    }

    /** The desk makes its first administrator anew, with the password of this world. */
    static void forgetAdministrator(Connection superuser) throws SQLException {
        try (Statement statement = superuser.createStatement()) {
            statement.execute("set session_replication_role = replica");
            statement.execute("""
                    update person set role = 'AGENT', email = ('former-' || gen_random_uuid() || '@bench.example')::citext
                    where role = 'ADMINISTRATOR'""");
            statement.execute("reset session_replication_role");
        }
    }
}
