package io.tealdesk.reporting;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps the roll-ups current. Any number of tasks may do so at once: the functions of the database let one in at a time,
 * and what a transaction takes from the queue it has counted when it ends, or it has taken nothing.
 */
@Component
class ReportCounting {

    private static final int ROWS_PER_TRANSACTION = 500;
    private static final int TICKETS_PER_TRANSACTION = 2_000;
    private static final int OLD_ROWS_PER_TRANSACTION = 10_000;
    /** What is left over is for the next run, and for whichever task runs it. */
    private static final int TRANSACTIONS_PER_RUN_MAX = 100;

    private final JdbcClient jdbc;

    ReportCounting(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Counts again what has changed. */
    void catchUp() {
        for (int run = 0; run < TRANSACTIONS_PER_RUN_MAX && !isAskedToStop(); run++) {
            var taken = jdbc.sql("select report_drain(:most)")
                    .param("most", ROWS_PER_TRANSACTION)
                    .query(Integer.class)
                    .single();
            if (taken < ROWS_PER_TRANSACTION) {
                return;
            }
        }
    }

    /** Takes a counting of everything further, the first one or one that was asked for; then deletes the one before. */
    void build() {
        jdbc.sql("select report_rebuild() where not exists (select from report_build)")
                .query((row, index) -> true)
                .optional();
        for (int run = 0; run < TRANSACTIONS_PER_RUN_MAX && !isAskedToStop(); run++) {
            if (!step("report_build_step", TICKETS_PER_TRANSACTION)) {
                break;
            }
            // It holds the lock nearly all the time, so nobody else would get to it.
            catchUp();
        }
        for (int run = 0; run < TRANSACTIONS_PER_RUN_MAX && !isAskedToStop(); run++) {
            if (!step("report_forget_step", OLD_ROWS_PER_TRANSACTION)) {
                break;
            }
        }
    }

    /** Asks for a counting of everything from the tickets' histories; until it is through, the one before is read. */
    void rebuild() {
        jdbc.sql("select report_rebuild()").query((row, index) -> true).optional();
    }

    private boolean step(String function, int most) {
        return jdbc.sql("select %s(:most)".formatted(function))
                .param("most", most)
                .query(Boolean.class)
                .single();
    }

    private static boolean isAskedToStop() {
        return Thread.currentThread().isInterrupted();
    }
}
