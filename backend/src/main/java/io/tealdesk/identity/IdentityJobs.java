package io.tealdesk.identity;

import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.tealdesk.shared.Sql;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class IdentityJobs {

    /** Ended sessions stay this long, so that reuse of their tokens can still be looked into. */
    private static final Duration KEPT_FOR = Duration.ofDays(30);

    @Bean
    OneTimeTask<Accounts.Registration> registration(Accounts accounts) {
        return Tasks.oneTime(Accounts.REGISTRATION)
                .execute((instance, context) -> accounts.register(instance.getData()));
    }

    @Bean
    OneTimeTask<Accounts.LinkRequest> linkRequest(Accounts accounts) {
        return Tasks.oneTime(Accounts.LINK_REQUEST)
                .execute((instance, context) -> accounts.sendLink(instance.getData()));
    }

    @Bean
    RecurringTask<Void> forgetOldSessions(JdbcClient jdbc, Clock clock) {
        return Tasks.recurring("forget-old-sessions", FixedDelay.of(Duration.ofHours(1)))
                .execute((instance, context) -> {
                    var before = Sql.timestamp(clock.instant().minus(KEPT_FOR));
                    jdbc.sql("delete from session where coalesce(ended_at, expires_at) < :before")
                            .param("before", before)
                            .update();
                    jdbc.sql("delete from mail_token where expires_at < :before")
                            .param("before", before)
                            .update();
                    // A live session keeps its newest tokens only; older ones can no longer be told from forged ones.
                    jdbc.sql("delete from refresh_token where used_at < :before")
                            .param("before", before)
                            .update();
                });
    }
}
