package io.tealdesk.tickets;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class TicketJobs {

    /** An agent who waits for a ticket to come back does not see the difference to the minute that was asked for. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    @Bean
    RecurringTask<Void> wakeSnoozedTickets(SnoozedTickets snoozed) {
        return Tasks.recurring("wake-snoozed-tickets", FixedDelay.of(PAUSE)).execute((instance, context) -> {
            while (snoozed.wakeSome() == SnoozedTickets.BATCH
                    && !context.getSchedulerState().isShuttingDown()) {
                // In small transactions, until all are awake.
            }
        });
    }
}
