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

    /** What was scheduled, and what a task left behind that died while a reply could still be taken back. */
    @Bean
    RecurringTask<Void> sendScheduledReplies(ScheduledReplySender sender) {
        return Tasks.recurring("send-scheduled-replies", FixedDelay.of(Duration.ofSeconds(5)))
                .execute((instance, context) -> sender.sendDue());
    }

    @Bean
    RecurringTask<Void> forgetOldScheduledReplies(ScheduledReplies replies) {
        return Tasks.recurring("forget-old-scheduled-replies", FixedDelay.of(Duration.ofHours(6)))
                .execute((instance, context) -> replies.forgetOld());
    }
}
