package io.tealdesk.sla;

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
class SlaJobs {

    @Bean
    RecurringTask<Void> keepSlaClocksCurrent(SlaFollowing following) {
        return Tasks.recurring("keep-sla-clocks-current", FixedDelay.of(Duration.ofSeconds(1)))
                .execute((instance, context) -> following.catchUp());
    }

    @Bean
    RecurringTask<Void> sweepSlaClocks(SlaFollowing following) {
        return Tasks.recurring("sweep-sla-clocks", FixedDelay.of(Duration.ofSeconds(5)))
                .execute((instance, context) -> following.sweep());
    }

    @Bean
    RecurringTask<Void> announceSlaBreaches(SlaBreaches breaches) {
        return Tasks.recurring("announce-sla-breaches", FixedDelay.of(Duration.ofSeconds(5)))
                .execute((instance, context) -> {
                    while (breaches.announceSome() == SlaBreaches.BATCH
                            && !context.getSchedulerState().isShuttingDown()) {
                        // In small transactions, until all are announced.
                    }
                });
    }

    @Bean
    MeterBinder changesNotInSlaClocks(JdbcClient jdbc) {
        return meters -> Gauge.builder(
                        "tealdesk.sla.waiting",
                        () -> jdbc.sql("select count(*) from sla_queue")
                                .query(Integer.class)
                                .single())
                .description("Changes of tickets that the SLA clocks do not hold yet")
                .register(meters);
    }

    @Bean
    RecurringTask<Void> forgetDeletedSlaRules(SlaPolicies policies) {
        return Tasks.recurring("forget-deleted-sla-rules", FixedDelay.of(Duration.ofDays(1)))
                .execute((instance, context) -> policies.forgetDeleted());
    }
}
