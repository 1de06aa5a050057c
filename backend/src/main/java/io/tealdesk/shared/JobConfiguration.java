package io.tealdesk.shared;

import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerCustomizer;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Jobs run on whichever task takes them first; their data is JSON, so that two releases can read each other's. */
@Configuration(proxyBeanMethods = false)
class JobConfiguration {

    private static final Duration ANSWERS_KEPT_FOR = Duration.ofDays(2);

    @Bean
    DbSchedulerCustomizer jobDataAsJson(JsonMapper json) {
        var anyRelease = JsonConfiguration.readingAnyRelease(json);
        var serializer = new Serializer() {
            @Override
            public byte[] serialize(Object data) {
                return anyRelease.writeValueAsBytes(data);
            }

            @Override
            public <T> T deserialize(Class<T> type, byte[] data) {
                return anyRelease.readValue(data, type);
            }
        };
        return new DbSchedulerCustomizer() {
            @Override
            public Optional<Serializer> serializer() {
                return Optional.of(serializer);
            }
        };
    }

    @Bean
    RecurringTask<Void> forgetOldAnswersAndThrottles(JdbcClient jdbc, Clock clock) {
        return Tasks.recurring("forget-old-answers-and-throttles", FixedDelay.of(Duration.ofHours(1)))
                .execute((instance, context) -> {
                    jdbc.sql("delete from idempotent_request where created_at < :before")
                            .param("before", Sql.timestamp(clock.instant().minus(ANSWERS_KEPT_FOR)))
                            .update();
                    jdbc.sql("delete from throttle where expires_at < :now")
                            .param("now", clock.millis())
                            .update();
                });
    }
}
