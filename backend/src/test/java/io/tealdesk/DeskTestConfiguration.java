package io.tealdesk;

import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerCustomizer;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import com.github.kagkarlsson.scheduler.testhelper.TestHelper;
import io.tealdesk.database.TwoUsers;
import io.tealdesk.search.TestSearchIndex;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.security.crypto.password.PasswordEncoder;

@TestConfiguration(proxyBeanMethods = false)
@Import(TestSearchIndex.class)
class DeskTestConfiguration {

    @Bean
    TwoUsers databaseUsers() {
        return TwoUsers.of(TestDatabase.running());
    }

    /** As the user who may change rows and nothing else. */
    @Bean
    JdbcConnectionDetails testDatabase(TwoUsers users) {
        return new JdbcConnectionDetails() {
            @Override
            public String getJdbcUrl() {
                return users.url();
            }

            @Override
            public String getUsername() {
                return users.application();
            }

            @Override
            public String getPassword() {
                return users.password();
            }
        };
    }

    @Bean
    FlywayConnectionDetails testMigrations(TwoUsers users) {
        return new FlywayConnectionDetails() {
            @Override
            public String getJdbcUrl() {
                return users.url();
            }

            @Override
            public String getUsername() {
                return users.owner();
            }

            @Override
            public String getPassword() {
                return users.password();
            }
        };
    }

    @Bean
    static StatementCounter statementCounter() {
        return new StatementCounter();
    }

    @Bean
    static BeanPostProcessor countedDataSource(StatementCounter counter) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String beanName) {
                return bean instanceof DataSource dataSource ? counter.counting(dataSource) : bean;
            }
        };
    }

    @Bean
    @Primary
    MutableClock mutableClock() {
        return new MutableClock();
    }

    @Bean
    @Primary
    SentMails sentMails() {
        return new SentMails();
    }

    @Bean
    DeskFixtures deskFixtures(JdbcClient jdbc, Clock clock, PasswordEncoder passwords) {
        return new DeskFixtures(jdbc, clock, passwords);
    }

    /** Takes the place of the scheduler that would run jobs by itself, in the middle of a test. */
    @Bean
    ManualScheduler scheduler(
            DataSource dataSource, List<Task<?>> tasks, DbSchedulerCustomizer customizer, MutableClock clock) {
        var recurring = TestJobs.recurring(tasks);
        var others = tasks.stream().filter(task -> !recurring.contains(task)).toList();
        var builder = TestHelper.createManualScheduler(new TransactionAwareDataSourceProxy(dataSource), others)
                .clock(new SettableClock() {
                    @Override
                    public Instant now() {
                        return clock.instant();
                    }
                })
                .startTasks(recurring);
        customizer.serializer().ifPresent(builder::serializer);
        return builder.build();
    }

    @Bean
    TestJobs testJobs(ManualScheduler scheduler, JdbcClient jdbc, MutableClock clock) {
        return new TestJobs(scheduler, jdbc, clock);
    }
}
