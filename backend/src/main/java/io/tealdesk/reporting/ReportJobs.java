package io.tealdesk.reporting;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class ReportJobs {

    @Bean
    RecurringTask<Void> keepReportsCurrent(ReportCounting counting) {
        return Tasks.recurring("keep-reports-current", FixedDelay.of(Duration.ofSeconds(2)))
                .execute((instance, context) -> counting.catchUp());
    }

    @Bean
    RecurringTask<Void> buildReports(ReportCounting counting) {
        return Tasks.recurring("build-reports", FixedDelay.of(Duration.ofSeconds(5)))
                .execute((instance, context) -> counting.build());
    }

    @Bean
    MeterBinder changesNotInReports(JdbcClient jdbc) {
        return meters -> Gauge.builder(
                        "tealdesk.reports.waiting",
                        () -> jdbc.sql("select count(*) from report_queue")
                                .query(Integer.class)
                                .single())
                .description("Changes of tickets that the reports do not hold yet")
                .register(meters);
    }
}
