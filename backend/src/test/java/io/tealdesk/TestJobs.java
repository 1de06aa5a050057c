package io.tealdesk;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import io.tealdesk.shared.Sql;
import java.time.Clock;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs jobs when a test says so, in the test's own thread. */
public class TestJobs {

    private static final int ROUNDS_MAX = 20;

    private final ManualScheduler scheduler;
    private final JdbcClient jdbc;
    private final Clock clock;

    TestJobs(ManualScheduler scheduler, JdbcClient jdbc, Clock clock) {
        this.scheduler = scheduler;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Runs what was asked for, and what that asks for in turn; then each recurring job once. */
    public void runDue() {
        for (int round = 0; round < ROUNDS_MAX && oneTimeJobsDue() > 0; round++) {
            scheduler.runAnyDueExecutions();
        }
        jdbc.sql("update scheduled_tasks set execution_time = :now where task_instance = :recurring")
                .param("now", Sql.timestamp(clock.instant()))
                .param("recurring", RecurringTask.INSTANCE)
                .update();
        scheduler.runAnyDueExecutions();
    }

    private int oneTimeJobsDue() {
        return jdbc.sql(
                        "select count(*) from scheduled_tasks where task_instance <> :recurring and execution_time <= :now")
                .param("recurring", RecurringTask.INSTANCE)
                .param("now", Sql.timestamp(clock.instant()))
                .query(Integer.class)
                .single();
    }

    static List<RecurringTask<?>> recurring(List<Task<?>> tasks) {
        return tasks.stream()
                .<RecurringTask<?>>mapMulti((task, sink) -> {
                    if (task instanceof RecurringTask<?> recurring) {
                        sink.accept(recurring);
                    }
                })
                .toList();
    }
}
