package io.tealdesk.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.tealdesk.DeskFixtures;
import io.tealdesk.DeskTest;
import io.tealdesk.Http;
import io.tealdesk.StatementCounter;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@DeskTest
class KeyboardsIntegrationTests {

    @Autowired
    MockMvcTester mvc;

    @Autowired
    DeskFixtures desk;

    @Autowired
    StatementCounter statements;

    private Http http;
    private Viewer agent;

    @BeforeEach
    void anAgent() {
        http = new Http(mvc);
        agent = desk.anAgent("Anton Ahorn");
    }

    @Test
    void everybodyBeginsWithTheSameKeys() {
        assertThat(http.get(agent, "/api/v1/me/keyboard"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo("{\"singleKeys\":true,\"keys\":[]}");
    }

    @Test
    void keepsKeysForTheirOwnerAlone() {
        put(keyboard(false, choice("ticket.assign", "y"), choice("list.next", "")));
        put(keyboard(true, choice("ticket.assign", "g Shift+x"), choice("help.open", "Mod+ä")));

        assertThat(http.get(agent, "/api/v1/me/keyboard"))
                .bodyJson()
                .isLenientlyEqualTo(keyboard(true, choice("help.open", "Mod+ä"), choice("ticket.assign", "g Shift+x")));
        assertThat(http.get(desk.anAgent("Cleo Kolleg"), "/api/v1/me/keyboard"))
                .bodyJson()
                .extractingPath("$.keys")
                .asArray()
                .isEmpty();
    }

    @Test
    void tellsThemTogetherWithThePerson() {
        put(keyboard(false, choice("ticket.assign", "y")));

        assertThat(http.get(agent, "/api/v1/me"))
                .bodyJson()
                .extractingPath("$.keyboard")
                .convertTo(Keyboard.class)
                .isEqualTo(new Keyboard(false, java.util.List.of(new Keyboard.KeyChoice("ticket.assign", "y"))));
        assertThat(http.get(desk.aCustomer("Karla Kiefer"), "/api/v1/me"))
                .bodyJson()
                .doesNotHavePath("$.keyboard");
        // One finds out who asks, the other reads the person, keys included.
        assertThat(statements.statementsOf(() -> http.get(agent, "/api/v1/me"))).hasSizeLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"singleKeys\":null,\"keys\":[]}",
                "{\"singleKeys\":true}",
                "{\"singleKeys\":true,\"keys\":[null]}",
                "{\"singleKeys\":true,\"keys\":[{\"command\":\"a\"}]}",
                "{\"singleKeys\":true,\"keys\":[{\"command\":\"\",\"keys\":\"a\"}]}",
                "{\"singleKeys\":true,\"keys\":[{\"command\":\"a b\",\"keys\":\"a\"}]}",
                "{\"singleKeys\":true,\"keys\":[{\"command\":\"a\",\"keys\":\"a b c\"}]}",
                "{\"singleKeys\":true,\"keys\":[{\"command\":\"a\",\"keys\":\"Hyper+a\"}]}",
                "{\"singleKeys\":true,\"keys\":[{\"command\":\"a\",\"keys\":\" \"}]}",
                "{\"singleKeys\":true,\"keys\":[{\"command\":\"a\",\"keys\":\"x\"},{\"command\":\"a\",\"keys\":\"y\"}]}"
            })
    void refusesWhatIsNoKeyboard(String json) {
        assertThat(put(json))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/validation-failed");
    }

    @Test
    void keepsAsMuchAsAnybodyNeedsAndNoMore() {
        assertThat(put(aKeyboardOf(200))).hasStatus(204);
        assertThat(put(aKeyboardOf(201))).hasStatus(400);
        assertThat(http.get(agent, "/api/v1/me/keyboard"))
                .bodyJson()
                .extractingPath("$.keys")
                .asArray()
                .hasSize(200);
    }

    private MvcTestResult put(String json) {
        return http.change(HttpMethod.PUT, agent, "/api/v1/me/keyboard", null, json);
    }

    /** The longest there is. */
    private static String aKeyboardOf(int commands) {
        var longest = "Mod+Ctrl+Alt+Shift+ArrowRight";
        return IntStream.range(0, commands)
                .mapToObj(number -> choice("c".repeat(76) + (1000 + number), longest + " " + longest))
                .collect(Collectors.joining(",", "{\"singleKeys\":true,\"keys\":[", "]}"));
    }

    private static String keyboard(boolean singleKeys, String... choices) {
        return "{\"singleKeys\":%s,\"keys\":[%s]}".formatted(singleKeys, String.join(",", choices));
    }

    private static String choice(String command, String keys) {
        return "{\"command\":\"%s\",\"keys\":\"%s\"}".formatted(command, keys);
    }
}
