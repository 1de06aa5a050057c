package io.tealdesk.macros;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class MacroJobs {

    @Bean
    RecurringTask<Void> forgetDeletedMacros(Macros macros) {
        return Tasks.recurring("forget-deleted-macros", FixedDelay.of(Duration.ofDays(1)))
                .execute((instance, context) -> macros.forgetDeleted());
    }
}
