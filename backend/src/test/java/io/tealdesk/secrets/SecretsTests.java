package io.tealdesk.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tealdesk.shared.StartProblem;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class SecretsTests {

    private static final String HUSH = "nobody may read this";
    private static final SecretReader<String> PASSWORD = json -> SecretReader.text(json, "password");

    private final SmallSecretsManager manager = new SmallSecretsManager();

    @AfterEach
    void stop() {
        manager.close();
    }

    static SecretsProperties settings(boolean required) {
        return new SecretsProperties(
                required, Duration.ofHours(1), "database", " ", null, "signing-keys", null, null, null);
    }

    @Test
    void knowsWhatIsNamed() {
        try (var secrets = manager.secrets()) {
            assertThat(EnumSet.allOf(SecretName.class).stream().filter(secrets::has))
                    .containsExactly(SecretName.DATABASE, SecretName.SIGNING_KEYS);
        }
    }

    @Test
    void namesEverythingThatIsMissingAtOnce() {
        manager.put("signing-keys", SmallSecretsManager.FORBIDDEN);

        assertThatThrownBy(() -> new Secrets(
                        settings(true),
                        manager::client,
                        Set.of(SecretName.DATABASE, SecretName.MIGRATION, SecretName.SIGNING_KEYS)))
                .isInstanceOf(StartProblem.class)
                .hasMessageContaining("TEALDESK_DATABASE_SECRET")
                .hasMessageContaining("the secret database does not exist")
                .hasMessageContaining("TEALDESK_MIGRATION_SECRET is not set")
                .hasMessageContaining("TEALDESK_SIGNING_KEYS_SECRET")
                .hasMessageContaining("AccessDeniedException, Not for you");
    }

    @Test
    void saysWhatIsWrongWithASecretAndNothingOfItsContent(CapturedOutput output) {
        try (var secrets = manager.secrets()) {
            for (var content : new String[] {HUSH, "\"" + HUSH + "\"", "{\"passwort\": \"" + HUSH + "\"}"}) {
                manager.put("database", content);

                assertThatThrownBy(() -> secrets.read(SecretName.DATABASE, PASSWORD))
                        .isInstanceOf(StartProblem.class)
                        .hasMessageContaining("TEALDESK_DATABASE_SECRET")
                        .message()
                        .doesNotContain(HUSH);
            }
        }
        assertThat(output).doesNotContain(HUSH);
    }

    @Test
    void keepsTheLastValueWhileSecretsManagerIsOutOfOrder(CapturedOutput output) {
        manager.put("database", password("one"));
        try (var secrets = manager.secrets()) {
            var secret = secrets.keep(SecretName.DATABASE, PASSWORD);

            manager.isOutOfOrder(true);
            manager.put("database", password("two"));
            secret.refresh();
            secret.refresh();
            assertThat(secret.value()).isEqualTo("one");

            manager.isOutOfOrder(false);
            secret.refresh();
            assertThat(secret.value()).isEqualTo("two");
        }
        assertThat(output.getOut().lines().filter(line -> line.contains("cannot be read again")))
                .as("one warning for any number of failures")
                .hasSize(1);
        assertThat(output.toString().replace("one warning", "")).doesNotContain("\"one\"", "\"two\"");
    }

    @Test
    void keepsTheLastValueWhereTheNewOneMakesNoSense() {
        manager.put("database", password("one"));
        try (var secrets = manager.secrets()) {
            var secret = secrets.keep(SecretName.DATABASE, PASSWORD);

            manager.put("database", "{}");
            secret.refresh();

            assertThat(secret.value()).isEqualTo("one");
        }
    }

    @Test
    void asksOnceForAllWhoWantToKnowNow() throws Exception {
        manager.put("database", password("one"));
        try (var secrets = manager.secrets();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var secret = secrets.keep(SecretName.DATABASE, PASSWORD);
            manager.put("database", password("two"));
            var before = manager.requests();

            var answers = threads.invokeAll(Stream.generate(() -> (Callable<String>) secret::readAgain)
                    .limit(30)
                    .toList());

            for (var answer : answers) {
                assertThat(answer.get()).isEqualTo("two");
            }
            assertThat(manager.requests() - before).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void readsOtherVersions() {
        manager.put("database", password("one"));
        try (var secrets = manager.secrets()) {
            var secret = secrets.keep(SecretName.DATABASE, PASSWORD);
            manager.put("database", SecretStage.AWSPENDING, password("two"));

            assertThat(secret.staged(SecretStage.AWSPENDING)).contains("two");
            assertThat(secret.staged(SecretStage.AWSPREVIOUS)).isEmpty();
        }
    }

    private static String password(String password) {
        return "{\"password\": \"" + password + "\"}";
    }
}
