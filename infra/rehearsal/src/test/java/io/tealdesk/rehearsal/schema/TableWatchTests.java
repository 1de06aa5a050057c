package io.tealdesk.rehearsal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
class TableWatchTests {

    private static final String HELD = "0.4";

    @SuppressWarnings("NullAway.Init")
    private TestServer server;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        server = TestServer.started(directory);
    }

    @BeforeEach
    void prepare() throws Exception {
        server.prepare();
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
    }

    @Test
    void seesWhoeverShutsPeopleOutAndWhoWaits() throws Exception {
        TableWatch.Seen seen = seen(TestServer.OWNER, "lock table message in share row exclusive mode");

        assertThat(seen.longest()).singleElement().satisfies(lock -> {
            assertThat(lock.table()).isEqualTo("message");
            assertThat(lock.mode()).isEqualTo("ShareRowExclusiveLock");
            assertThat(lock.duration()).isGreaterThan(Duration.ofMillis(300));
            assertThat(lock.statement()).contains("pg_sleep");
            assertThat(lock.shutsOut()).isEqualTo("nobody can write it");
        });
        assertThat(seen.waits()).containsKeys("message", "ticket");
        assertThat(seen.waits().get("message")).isGreaterThan(Duration.ofMillis(100));
    }

    @Test
    void aLockThatLetsPeopleReadAndWriteShutsNobodyOut() throws Exception {
        assertThat(seen(TestServer.OWNER, "lock table message in share update exclusive mode")
                        .longest())
                .isEmpty();
    }

    @Test
    void looksAtTheRolesThatItIsGiven() throws Exception {
        assertThat(seen("postgres", "lock table message in share row exclusive mode")
                        .longest())
                .isEmpty();
    }

    @Test
    void ofATableTheLongestLockStandsForAll() {
        HeldLock brief = new HeldLock("ticket", "ShareLock", Duration.ofMillis(5), List.of("a"), "a");
        HeldLock longer = new HeldLock("ticket", "ShareLock", Duration.ofMillis(9), List.of("b"), "b");
        HeldLock other = new HeldLock("message", "ShareLock", Duration.ofMillis(7), List.of("c"), "c");

        assertThat(new TableWatch.Seen(List.of(brief, longer, other), Map.of()).longest())
                .containsExactly(longer, other);
    }

    /** What a role's transaction with this lock, held for a while, was seen to do. */
    private TableWatch.Seen seen(String role, String lock) throws Exception {
        try (TableWatch watch = TableWatch.begin(
                        server.url(),
                        TestServer.DATABASE,
                        Set.of(TestServer.OWNER, TestServer.APPLICATION),
                        TestServer.APPLICATION);
                Connection connection = DriverManager.getConnection(server.url()
                        .replaceFirst("/postgres\\?", "/" + TestServer.DATABASE + "?")
                        .replace("user=postgres", "user=" + role))) {
            connection.setAutoCommit(false);
            Server.execute(connection, lock);
            Server.execute(connection, "select pg_sleep(" + HELD + ")");
            connection.commit();
            return watch.end();
        }
    }
}
