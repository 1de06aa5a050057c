package io.tealdesk.live;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class LiveJobs {

    @Bean
    RecurringTask<Void> forgetOldLiveEvents(LiveEvents events) {
        return Tasks.recurring("forget-old-live-events", FixedDelay.of(Duration.ofHours(1)))
                .execute((instance, context) -> events.forgetOld());
    }
}
