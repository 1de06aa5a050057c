package io.tealdesk.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tealdesk.DeskTest;
import io.tealdesk.shared.Problem;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@DeskTest
class SearchTimeTests {

    private static final String ENDLESS = "select 'done' from pg_sleep(60)";

    @Autowired
    SearchTime time;

    @Autowired
    JdbcClient jdbc;

    @Test
    void endsWhatTakesTooLong() {
        assertThatThrownBy(() -> time.within(() -> answer(ENDLESS))).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.status().value()).isEqualTo(503);
            assertThat(problem.slug()).isEqualTo("search-takes-too-long");
        });
        assertThat(time.within(() -> answer("select 'done'"))).isEqualTo("done");
    }

    /** What was cancelled ends at once, and nobody gets a connection on which a cancellation is still to come. */
    @Test
    void endsWhatTheNextRequestOfASessionMakesUseless() throws Exception {
        var session = UUID.randomUUID();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var overtaken = threads.submit(() -> time.latestOnly(session, () -> answer(ENDLESS)));
            var ofAnother = threads.submit(
                    () -> time.latestOnly(UUID.randomUUID(), () -> answer("select 'done' from pg_sleep(0.1)")));
            awaitRunning();

            assertThat(time.latestOnly(session, () -> answer("select 'done'"))).contains("done");

            assertThat(overtaken.get()).isEqualTo(Optional.empty());
            assertThat(ofAnother.get()).contains("done");
        }
        for (int i = 0; i < 40; i++) {
            assertThat(answer("select 'done'")).isEqualTo("done");
        }
    }

    private void awaitRunning() {
        while (jdbc.sql("select count(*) from pg_stat_activity where state = 'active' and query like :query")
                        .param("query", ENDLESS + "%")
                        .query(Integer.class)
                        .single()
                == 0) {
            Thread.onSpinWait();
        }
    }

    private String answer(String sql) {
        return jdbc.sql(sql).query(String.class).single();
    }
}
