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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class OutboxJobs {

    private static final Duration SENT_KEPT_FOR = Duration.ofDays(90);
    private static final Duration WORTH_TELLING = Duration.ofMinutes(1);

    private static final Logger log = LoggerFactory.getLogger(OutboxJobs.class);

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

    /** For where logs are watched and meters are not: CloudWatch makes a metric of the number. */
    @Bean
    RecurringTask<Void> tellOfWaitingMails(JdbcClient jdbc, Clock clock) {
        return Tasks.recurring("tell-of-waiting-mails", FixedDelay.of(Duration.ofMinutes(1)))
                .execute((instance, context) -> {
                    var seconds = (long) oldestWaitingSeconds(jdbc, clock);
                    if (seconds >= WORTH_TELLING.toSeconds()) {
                        log.atWarn()
                                .addKeyValue("oldestWaitingSeconds", seconds)
                                .log("The oldest mail has been waiting for {} s", seconds);
                    }
                });
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
