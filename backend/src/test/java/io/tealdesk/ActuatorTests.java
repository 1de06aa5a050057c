package io.tealdesk;

import static io.tealdesk.DeskFixtures.as;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/** What operators and load balancers may see, and nobody else. */
@DeskTest
class ActuatorTests {

    @Autowired
    MockMvcTester mvc;

    @Autowired
    DeskFixtures desk;

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health/liveness", "/actuator/health/readiness"})
    void saysToEverybodyWhetherItIsWell(String address) {
        assertThat(mvc.get().uri(address))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.status")
                .isEqualTo("UP");
    }

    @Test
    void saysNothingOfWhatItIsMadeOf() {
        assertThat(mvc.get().uri("/actuator/health")).bodyText().doesNotContain("components", "details", "db");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator", "/actuator/prometheus", "/actuator/env", "/actuator/heapdump"})
    void keepsTheRestFromStrangersAndAgents(String address) {
        assertThat(mvc.get().uri(address)).hasStatus(401);
        assertThat(mvc.get().uri(address).with(as(desk.anAgent("Dana")))).hasStatus(403);
    }

    @Test
    void hasNothingThatShowsSecretsEvenToAdministrators() {
        assertThat(mvc.get().uri("/actuator/env").with(as(desk.anAdministrator("Ada"))))
                .hasStatus(404);
    }
}
