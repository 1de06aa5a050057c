package io.tealdesk.conversations;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ConversationJobs {

    @Bean
    RecurringTask<Void> forgetOldDrafts(Drafts drafts) {
        return Tasks.recurring("forget-old-drafts", FixedDelay.of(Duration.ofHours(6)))
                .execute((instance, context) -> drafts.forgetOld());
    }
}
