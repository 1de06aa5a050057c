package io.tealdesk.outbox;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tealdesk.shared.Sql;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class OutboxJobs {

    private static final Duration SENT_KEPT_FOR = Duration.ofDays(90);

    /** Retries, and what a task left behind that died or lost its database. */
    @Bean
    RecurringTask<Void> sendWaitingMails(OutboxSender sender) {
        return Tasks.recurring("send-waiting-mails", FixedDelay.of(Duration.ofSeconds(5)))
                .execute((instance, context) -> sender.sendDue());
    }

    @Bean
    RecurringTask<Void> forgetSentMails(JdbcClient jdbc, Clock clock) {
        return Tasks.recurring("forget-sent-mails", FixedDelay.of(Duration.ofHours(6)))
                .execute((instance, context) -> jdbc.sql(
                                "delete from outbox_mail where state = 'SENT' and sent_at < :before")
                        .param("before", Sql.timestamp(clock.instant().minus(SENT_KEPT_FOR)))
                        .update());
    }

    /** What an operator is woken for: mails wait, so the mail server is gone or refuses the desk. */
    @Bean
    MeterBinder oldestWaitingMail(JdbcClient jdbc, Clock clock) {
        return meters -> TimeGauge.builder(
                        "tealdesk.outbox.oldest.waiting", () -> oldestWaitingSeconds(jdbc, clock), TimeUnit.SECONDS)
                .description("How long the oldest mail that has not left yet has been waiting")
                .register(meters);
    }

    private static double oldestWaitingSeconds(JdbcClient jdbc, Clock clock) {
        return jdbc.sql("""
                        select coalesce(extract(epoch from cast(:now as timestamptz) - min(created_at)), 0)
                        from outbox_mail where state = 'WAITING'""")
                .param("now", Sql.timestamp(clock.instant()))
                .query(Double.class)
                .single();
    }
}
