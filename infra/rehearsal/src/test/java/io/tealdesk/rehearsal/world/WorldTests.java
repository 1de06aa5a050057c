package io.tealdesk.rehearsal.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tealdesk.rehearsal.plan.TaskPlan;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
class WorldTests {

    private Path directory;
    private World world;

    @BeforeAll
    void standUp(@TempDir Path temporary) throws Exception {
        directory = temporary;
        world = World.start(new WorldSettings(
                Checkout.SOURCE, temporary, InetAddress.getLoopbackAddress(), URI.create("http://127.0.0.1:8080")));
    }

    @AfterAll
    void close() throws IOException {
        world.close();
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).as("left behind").containsExactly(world.logs());
        }
    }

    @Test
    void databaseIsRestartedAndStillThere() throws Exception {
        try (Connection connection = world.database().connect();
                var statement = connection.createStatement()) {
            statement.execute("create table kept (id int)");
            statement.execute("insert into kept values (1)");
            world.database().restart();
            assertThatThrownBy(() -> statement.execute("select 1")).isInstanceOf(SQLException.class);
        }
        try (Connection connection = world.database().connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "select count(*), current_setting('lock_timeout'), current_setting('fsync') from kept")) {
            rows.next();
            assertThat(rows.getInt(1)).isOne();
            assertThat(rows.getString(2)).as("the parameter group's").isEqualTo("30s");
            assertThat(rows.getString(3)).isEqualTo("on");
        }
        assertThat(world.logs().resolve("postgresql.json")).content().contains("database system was not properly shut");
    }

    @Test
    void databaseAsksForAPassword() {
        String url = world.database().url("tealdesk");
        assertThatThrownBy(() -> DriverManager.getConnection(url, "postgres", "guessed"))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void fillsTheTaskDefinitionsPlaceholders() {
        Map<String, String> environment =
                world.environment(Checkout.PLAN.backend().task());
        assertThat(environment)
                .containsEntry("SPRING_PROFILES_ACTIVE", "production")
                .containsEntry("TEALDESK_BASE_URL", "http://127.0.0.1:8080")
                .allSatisfy((name, value) -> assertThat(value).doesNotContain("<BACKEND", "<TEALDESK"));
        assertThat(environment.get("TEALDESK_DATABASE_SECRET")).startsWith("arn:aws:secretsmanager:");
        assertThat(world.environment(Checkout.PLAN.frontend().task())).isEmpty();
    }

    @Test
    void namesAPlaceholderThatItCannotFill() {
        TaskPlan task = new TaskPlan(
                "task",
                1,
                1,
                1,
                null,
                true,
                List.of(),
                Map.of("COLOUR", "light <PAINT>"),
                null,
                Duration.ZERO,
                Map.of(),
                List.of());
        assertThatThrownBy(() -> world.environment(task))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("COLOUR")
                .hasMessageContaining("<PAINT>");
    }
}
