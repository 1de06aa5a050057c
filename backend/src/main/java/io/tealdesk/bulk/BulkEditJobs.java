package io.tealdesk.bulk;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class BulkEditJobs {

    @Bean
    RecurringTask<Void> forgetOldBulkEdits(BulkEdits edits) {
        return Tasks.recurring("forget-old-bulk-edits", FixedDelay.of(Duration.ofDays(1)))
                .execute((instance, context) -> edits.forgetOld());
    }
}
