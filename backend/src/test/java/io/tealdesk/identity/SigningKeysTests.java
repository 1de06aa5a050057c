package io.tealdesk.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tealdesk.MutableClock;
import io.tealdesk.secrets.Secret;
import io.tealdesk.secrets.SecretName;
import io.tealdesk.secrets.SmallSecretsManager;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class SigningKeysTests {

    private static final String OLD = key("old");
    private static final String NEW = key("new");

    @Test
    void readsOneKeyOrAList() {
        assertThat(read(OLD)).extracting(SigningKeys.SigningKey::kid).containsExactly("old");
        assertThat(read(keys(NEW, OLD))).extracting(SigningKeys.SigningKey::kid).containsExactly("new", "old");
    }

    /** What CloudFormation can generate: letters and digits. */
    @Test
    void takesSixtyFourLettersAndDigitsForAKey() {
        assertThat(read("{\"kid\": \"made\", \"secret\": \"%s\"}".formatted("aB3".repeat(21) + "x")))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"keys": []}                            | has no key in "keys"
                    {"kid": "a"}                            | has no "secret"
                    {"kid": "a", "secret": "c2hvcnQ="}      | "a" is shorter than 32 bytes
                    {"kid": "a", "secret": "!!!"}           | "a" is not Base64
                    """)
    void saysWhatIsWrong(String json, String what) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(what);
    }

    @Test
    void refusesTwoKeysOfOneName() {
        assertThatThrownBy(() -> read(keys(OLD, OLD))).hasMessageContaining("same \"kid\"");
    }

    /** Two tasks, of which one has read the secret a moment later than the other. */
    @Test
    void asksForAKeyThatAnotherTaskSignedWith() {
        try (var manager = new SmallSecretsManager();
                var secretsOfOne = manager.secrets();
                var secretsOfOther = manager.secrets()) {
            manager.put("signing-keys", OLD);
            var one = tokens(new SigningKeys(secretsOfOne.keep(SecretName.SIGNING_KEYS, SigningKeys::read)));
            manager.put("signing-keys", keys(NEW, OLD));
            var other = tokens(new SigningKeys(secretsOfOther.keep(SecretName.SIGNING_KEYS, SigningKeys::read)));
            var ofOldKey = one.issue(UUID.randomUUID(), UUID.randomUUID());
            var ofNewKey = other.issue(UUID.randomUUID(), UUID.randomUUID());

            assertThat(one.read(ofNewKey))
                    .as("signed with a key it has not heard of")
                    .isPresent();
            assertThat(other.read(ofOldKey)).as("signed with the key before").isPresent();

            manager.put("signing-keys", NEW);
            var later = tokens(new SigningKeys(secretsOfOther.keep(SecretName.SIGNING_KEYS, SigningKeys::read)));
            assertThat(later.read(ofOldKey)).as("its key is retired").isEmpty();
            assertThat(later.read(ofNewKey)).isPresent();
        }
    }

    @Test
    void takesNoTokenOfAKeyThatWasRetiredSinceItCameLast() {
        try (var manager = new SmallSecretsManager();
                var secrets = manager.secrets()) {
            manager.put("signing-keys", OLD);
            var secret = secrets.keep(SecretName.SIGNING_KEYS, SigningKeys::read);
            var tokens = tokens(new SigningKeys(secret));
            var token = tokens.issue(UUID.randomUUID(), UUID.randomUUID());
            assertThat(tokens.read(token)).isPresent();
            assertThat(tokens.read(token)).as("once more").isPresent();

            manager.put("signing-keys", NEW);
            secret.readAgain();

            assertThat(tokens.read(token)).isEmpty();
        }
    }

    @Test
    void takesNoTokenThatHasExpiredSinceItCameLast() {
        var time = new MutableClock();
        time.stopAt(Instant.parse("2026-11-23T12:00:00Z"));
        var tokens = tokens(new SigningKeys(Secret.fixed(read(OLD))), time);
        var token = tokens.issue(UUID.randomUUID(), UUID.randomUUID());
        assertThat(tokens.read(token)).isPresent();

        time.advance(Duration.ofMinutes(11));

        assertThat(tokens.read(token)).isEmpty();
    }

    @Test
    void goesOnWithTheKeysItHasWhileSecretsManagerIsOutOfOrder() {
        try (var manager = new SmallSecretsManager();
                var secrets = manager.secrets()) {
            manager.put("signing-keys", OLD);
            var tokens = tokens(new SigningKeys(secrets.keep(SecretName.SIGNING_KEYS, SigningKeys::read)));
            manager.isOutOfOrder(true);

            assertThat(tokens.read(tokens.issue(UUID.randomUUID(), UUID.randomUUID())))
                    .isPresent();
        }
    }

    private static AccessTokens tokens(SigningKeys keys) {
        return tokens(keys, Clock.systemUTC());
    }

    private static AccessTokens tokens(SigningKeys keys, Clock clock) {
        return new AccessTokens(
                keys,
                new IdentityProperties(List.of(), Duration.ofMinutes(10), Duration.ofDays(30), null, false, null),
                clock);
    }

    private static List<SigningKeys.SigningKey> read(String json) {
        return SigningKeys.read(JsonMapper.shared().readTree(json));
    }

    private static String key(String kid) {
        return "{\"kid\": \"%s\", \"secret\": \"%s\"}"
                .formatted(
                        kid,
                        Base64.getEncoder().encodeToString((kid + "-".repeat(40)).getBytes(StandardCharsets.UTF_8)));
    }

    private static String keys(String... keys) {
        return "{\"keys\": [" + String.join(", ", keys) + "]}";
    }
}
