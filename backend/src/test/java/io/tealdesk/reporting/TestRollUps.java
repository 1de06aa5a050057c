package io.tealdesk.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Counts when a test of another module says so, and compares with a counting from the beginning. */
public final class TestRollUps {

    private static final int STEP = 1_000;

    private TestRollUps() {}

    /** What counting change by change has led to is what counting everything anew leads to. */
    public static void requireTrue(JdbcClient jdbc) {
        while (jdbc.sql("select report_drain(" + STEP + ")")
                        .query(Integer.class)
                        .single()
                > 0) {
            // Until nothing waits.
        }
        var counted = CurrentRollUps.of(jdbc);
        rebuild(jdbc);
        assertThat(counted).isEqualTo(CurrentRollUps.of(jdbc)).isNotEmpty();
    }

    public static void rebuild(JdbcClient jdbc) {
        jdbc.sql("select report_rebuild()").query().singleRow();
        var steps = List.of(true, true);
        while (!steps.isEmpty()) {
            steps = jdbc.sql("select report_build_step(" + STEP + ")").query(Boolean.class).list().stream()
                    .filter(goesOn -> goesOn)
                    .toList();
        }
    }
}
