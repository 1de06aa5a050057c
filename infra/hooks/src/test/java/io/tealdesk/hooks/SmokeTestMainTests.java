package io.tealdesk.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmokeTestMainTests {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream standardOut = System.out;
    private final Map<String, String> environment = new HashMap<>(Map.of(
            "CUSTOMER_EMAIL", FakeDesk.CUSTOMER.email(),
            "CUSTOMER_PASSWORD", FakeDesk.CUSTOMER.password()));

    @BeforeEach
    void listen() {
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stopListening() {
        System.setOut(standardOut);
    }

    @Test
    void endsWithZeroIfEveryStepPassed() throws Exception {
        try (var desk = new FakeDesk()) {
            environment.put("EXPECTED_RELEASE", "new");

            assertThat(run(desk.url().toString())).isZero();
            assertThat(printed.toString(StandardCharsets.UTF_8))
                    .endsWith("All 11 steps passed." + System.lineSeparator());
        }
    }

    @Test
    void endsWithOneIfAStepFailed() throws Exception {
        try (var desk = new FakeDesk()) {
            assertThat(run(desk.url().toString(), desk.url() + "/nowhere")).isOne();
            assertThat(printed.toString(StandardCharsets.UTF_8)).contains("health: FAILED", "404");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CUSTOMER_EMAIL", "CUSTOMER_PASSWORD"})
    void saysHowItIsCalled(String missing) throws Exception {
        environment.remove(missing);

        assertThat(run("http://localhost:1")).isEqualTo(2);
        assertThat(run()).isEqualTo(2);
        assertThat(printed.toString(StandardCharsets.UTF_8)).startsWith("Usage: ");
    }

    private int run(String... arguments) throws InterruptedException {
        return SmokeTestMain.run(arguments, environment);
    }
}
