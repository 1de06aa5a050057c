package io.tealdesk;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;

/**
 * A test of the whole application on a real PostgreSQL, in one context that all such tests share. Each test begins with
 * an empty desk (the default team and nothing else), the real time and no sent mail. Jobs run only when a test says so.
 *
 * <p>To be had by constructor or field: {@code MockMvcTester}, {@link DeskFixtures}, {@link MutableClock},
 * {@link TestJobs}, {@link SentMails}, {@link StatementCounter}, and everything the application has.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest
@AutoConfigureMockMvc
@ActiveProfiles("test")
@Import(DeskTestConfiguration.class)
@ExtendWith(FreshDesk.class)
public @interface DeskTest {}
