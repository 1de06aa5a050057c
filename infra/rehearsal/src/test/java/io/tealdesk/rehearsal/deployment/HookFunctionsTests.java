package io.tealdesk.rehearsal.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.tealdesk.rehearsal.plan.HookPlan;
import io.tealdesk.rehearsal.plan.LifecycleEvent;
import io.tealdesk.rehearsal.recording.Event;
import io.tealdesk.rehearsal.recording.Recording;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HookFunctionsTests {

    private final Recording recording = new Recording(Clock.systemUTC());
    private final HookFunctions hooks;

    HookFunctionsTests() throws IOException {
        hooks = new HookFunctions(Map.of("SETTING", "of this place"), recording);
    }

    @AfterEach
    void end() {
        hooks.close();
    }

    /** It lacks its settings, which it finds where it can still report. */
    @Test
    void takesTheReportOfTheFunctionThatRunsOnAws() throws Exception {
        CompletableFuture<Boolean> report =
                hooks.call(hook("io.tealdesk.hooks.SmokeTestHook::handleRequest", Duration.ofSeconds(60)), "d-1");

        assertThat(report.get(30, TimeUnit.SECONDS)).isFalse();
        assertThat(recording.events())
                .extracting(Event::text)
                .anyMatch(text -> text.contains("the function's setting TEST_URL is missing"));
    }

    @Test
    void refusesAFunctionThatItDoesNotHave() {
        CompletableFuture<Boolean> report = hooks.call(hook("com.example.Unknown", Duration.ofSeconds(60)), "d-1");

        assertThatThrownBy(report::get).hasMessageContaining("there is no class com.example.Unknown here");
    }

    @Test
    void endsAFunctionAtItsTimeoutAndHearsNothing() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        recording.listen(fact -> {
            if (fact instanceof Event event && event.text().startsWith("was ended at its timeout")) {
                ended.countDown();
            }
        });

        CompletableFuture<Boolean> report = hooks.call(hook(Silent.class.getName(), Duration.ofSeconds(2)), "d-7");

        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(report).isNotDone();
        assertThat(recording.events())
                .extracting(Event::text)
                .anyMatch(text -> text.contains("\"DeploymentId\":\"d-7\"") && text.endsWith("of this place"));
    }

    private static HookPlan hook(String handler, Duration timeout) {
        return new HookPlan(LifecycleEvent.AFTER_ALLOW_TEST_TRAFFIC, handler, timeout, Map.of("SETTING", "of AWS"));
    }

    /** Says what it was given, and then nothing more. */
    static final class Silent implements RequestStreamHandler {

        @Override
        @SuppressWarnings("SystemOut")
        public void handleRequest(InputStream payload, OutputStream answer, Context context) throws IOException {
            String given = new String(payload.readAllBytes(), StandardCharsets.UTF_8);
            System.out.println(given + " " + System.getenv("SETTING"));
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
