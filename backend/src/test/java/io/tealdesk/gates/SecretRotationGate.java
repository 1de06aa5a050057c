package io.tealdesk.gates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two tasks in the production profile, against a real PostgreSQL that asks for passwords and Secrets Manager as moto
 * plays it, with people at work all the time: passwords and keys rotate, and nobody notices.
 */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
@EnabledIf(
        value = "isMotoThere",
        disabledReason = "moto is not installed: pip install 'moto[server]', or set MOTO_SERVER")
class SecretRotationGate {

    private static final String OWNER = "tealdesk_owner";
    private static final String USER = "tealdesk_app";
    private static final String OTHER_USER = "tealdesk_app_clone";
    /** The shortest that the pool allows: in this time every connection is opened anew. */
    private static final Duration CONNECTIONS_LIVE = Duration.ofSeconds(30);

    private static final Duration ACCESS_TOKENS_LIVE = Duration.ofSeconds(15);
    private static final Duration SECRETS_ARE_READ_EVERY = Duration.ofSeconds(4);
    private static final Duration SHUTDOWN_DELAY = Duration.ofSeconds(4);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Set<String> everythingSecret = new HashSet<>();
    /** By kid, as JSON. */
    private final Map<String, String> keys = new HashMap<>();

    private final String masterPassword = password();
    private final Map<String, String> environment = new HashMap<>();

    private Path temporary;
    private PasswordDatabase database;
    private MotoServer secrets;
    private String databaseSecret;
    private String keysSecret;

    @SuppressWarnings("NullAway.Init")
    private RunningDesk one;

    @SuppressWarnings("NullAway.Init")
    private RunningDesk other;

    @SuppressWarnings("NullAway.Init")
    private PeopleAtWork people;

    static boolean isMotoThere() {
        return MotoServer.executable().isPresent();
    }

    @BeforeAll
    void prepare(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) throws Exception {
        temporary = directory;
        database = PasswordDatabase.started(directory.resolve("postgresql"), masterPassword);
        secrets = MotoServer.started(directory.resolve("moto.log"));
        databaseSecret = secrets.create("application", login(USER, password()));
        keysSecret = secrets.create("keys", key("first"));
        environment.putAll(secrets.environment());
        environment.putAll(Map.of(
                "SPRING_PROFILES_ACTIVE",
                "production",
                "TEALDESK_DATABASE_SSL_MODE",
                "disable",
                "TEALDESK_DATABASE_SECRET",
                databaseSecret,
                "TEALDESK_SIGNING_KEYS_SECRET",
                keysSecret,
                "TEALDESK_FIRST_ADMINISTRATOR_SECRET",
                secrets.create("administrator", account(RunningDesk.ADMINISTRATOR, RunningDesk.PASSWORD)),
                "TEALDESK_SYNTHETIC_CUSTOMER_SECRET",
                secrets.create("customer", account("release-check@tealdesk.invalid", password())),
                "TEALDESK_SHUTDOWN_DELAY",
                SHUTDOWN_DELAY.toSeconds() + "s",
                "TEALDESK_SECRETS_REFRESHEVERY",
                SECRETS_ARE_READ_EVERY.toSeconds() + "s",
                "TEALDESK_IDENTITY_ACCESSTOKENLIFETIME",
                ACCESS_TOKENS_LIVE.toSeconds() + "s"));
        environment.putAll(Map.of(
                "TEALDESK_FILES_DIRECTORY", directory.resolve("files").toString(),
                "SPRING_DATASOURCE_HIKARI_MAXLIFETIME", Long.toString(CONNECTIONS_LIVE.toMillis()),
                "JAVA_TOOL_OPTIONS", "-Dcom.zaxxer.hikari.housekeeping.periodMs=1000"));
    }

    @AfterAll
    void stop() throws Exception {
        if (people != null) {
            people.close();
        }
        Stream.of(one, other).filter(Objects::nonNull).forEach(RunningDesk::close);
        if (secrets != null) {
            secrets.close();
        }
        if (database != null) {
            database.close();
        }
    }

    @Test
    @Order(0)
    void nothingStartsWithoutItsSecrets() throws Exception {
        var nothing = Map.of("SPRING_PROFILES_ACTIVE", "production");

        assertThat(RunningDesk.run(log("nothing-set"), nothing)).isEqualTo(1);
        assertThat(log("nothing-set"))
                .content()
                .contains("TEALDESK_DATABASE_SECRET is not set", "TEALDESK_SIGNING_KEYS_SECRET is not set");

        assertThat(RunningDesk.run(log("nothing-set-to-migrate"), nothing, "migrate"))
                .isEqualTo(1);
        assertThat(log("nothing-set-to-migrate")).content().contains("TEALDESK_MIGRATION_SECRET is not set");
    }

    @Test
    @Order(1)
    void theDatabaseIsPreparedAndMigratedBeforeATaskServes() throws Exception {
        var commands = new HashMap<>(environment);
        commands.put("TEALDESK_MIGRATION_SECRET", secrets.create("migration", login(OWNER, password())));
        commands.put("TEALDESK_MASTER_SECRET", secrets.create("master", """
                        {"username": "%s", "password": "%s"}""".formatted(
                        PasswordDatabase.MASTER, masterPassword)));

        assertThat(RunningDesk.run(log("prepare"), commands, "prepare-database"))
                .isZero();
        assertThat(RunningDesk.run(log("prepare"), commands, "prepare-database"))
                .as("prepared again")
                .isZero();

        assertThat(RunningDesk.run(log("too-early"), environment)).isEqualTo(1);
        assertThat(log("too-early"))
                .content()
                .contains("The schema of the database is older than this release needs", "with the argument `migrate`");

        assertThat(RunningDesk.run(log("migrate"), commands, "migrate")).isZero();
    }

    /** At DEBUG, which somebody switches on in the night and forgets. */
    @Test
    @Order(2)
    void noSecretIsLogged() throws Exception {
        var verbose = new HashMap<>(environment);
        verbose.put("LOGGING_LEVEL_ROOT", "debug");
        try (var desk = RunningDesk.task(log("verbose"), RunningDesk.freePort(), verbose)) {
            assertThat(desk.logIn().status()).isEqualTo(200);
        }
        everythingSecret.add(RunningDesk.PASSWORD);
        everythingSecret.add(masterPassword);
        for (var name : List.of("verbose", "prepare", "migrate", "too-early")) {
            var text = Files.readString(log(name));
            assertThat(everythingSecret.stream().filter(text::contains).count())
                    .as("secrets in " + log(name))
                    .isZero();
        }
    }

    @Test
    @Order(3)
    void peopleWorkOnTwoTasks() throws Exception {
        one = RunningDesk.task(log("one"), RunningDesk.freePort(), environment);
        other = RunningDesk.task(log("other"), RunningDesk.freePort(), environment);
        people = PeopleAtWork.on(one, other, ACCESS_TOKENS_LIVE);
        people.assertAtWork();
    }

    /** As Secrets Manager's own rotation does it: the password changes first, and is declared current afterwards. */
    @Test
    @Order(4)
    void aNewPasswordIsFoundBeforeItIsCurrent() throws Exception {
        var newPassword = password();
        var pending = secrets.putPending(databaseSecret, login(USER, newPassword));
        var changed = changePassword(USER, newPassword);
        awaitConnectionsOpenedSince(changed, USER);
        secrets.makeCurrent(databaseSecret, pending);
        people.assertAtWork();
    }

    /** As somebody does it by hand: the secret first. */
    @Test
    @Order(5)
    void anOldPasswordGoesOnWhileTheNewOneIsNotSetYet() throws Exception {
        var newPassword = password();
        var changed = database.now();
        secrets.put(databaseSecret, login(USER, newPassword));
        awaitConnectionsOpenedSince(changed, USER);
        awaitConnectionsOpenedSince(changePassword(USER, newPassword), USER);
        people.assertAtWork();
    }

    /** Rotation with alternating users: the other user gets the same rights, and the first one ends some time later. */
    @Test
    @Order(6)
    void anotherUserTakesOver() throws Exception {
        var newPassword = password();
        var pending = secrets.putPending(databaseSecret, login(OTHER_USER, newPassword));
        database.execute("create role %s login password '%s'".formatted(OTHER_USER, newPassword));
        database.execute("grant %s to %s".formatted(USER, OTHER_USER));
        var changed = database.now();
        secrets.makeCurrent(databaseSecret, pending);
        awaitConnectionsOpenedSince(changed, OTHER_USER);
        await("the first user's connections have ended")
                .atMost(CONNECTIONS_LIVE.multipliedBy(2))
                .until(() -> database.openedSince(USER, "2000-01-01") == 0);
        changePassword(USER, password());
        people.assertAtWork();
    }

    @Test
    @Order(7)
    void keysAreIntroducedPromotedAndRetired() throws Exception {
        var first = keyOf("first");
        var second = key("second");
        secrets.put(keysSecret, keys(first, second));
        sleep(SECRETS_ARE_READ_EVERY.multipliedBy(2));
        secrets.put(keysSecret, keys(second, first));
        sleep(ACCESS_TOKENS_LIVE.plus(SECRETS_ARE_READ_EVERY.multipliedBy(2)));
        secrets.put(keysSecret, keys(second));
        sleep(ACCESS_TOKENS_LIVE);
        people.assertAtWork();
        assertThat(people.keysSeen()).contains("first", "second");
    }

    /** One task signs with a key that the other has not heard of. */
    @Test
    @Order(8)
    void aKeyThatIsPromotedAtOnceIsAskedFor() throws Exception {
        for (int i = 0; i < 5; i++) {
            secrets.put(keysSecret, keys(key("hurried-" + i), keyOf(i == 0 ? "second" : "hurried-" + (i - 1))));
            sleep(ACCESS_TOKENS_LIVE);
        }
        people.assertAtWork();
        assertThat(people.keysSeen()).contains("hurried-3");
    }

    @Test
    @Order(9)
    void aTaskToldToStopAnswersUntilNobodyAsks() throws Exception {
        var accessToken = other.logIn().accessToken();
        people.leave(other);
        var listener = LiveListener.on(other, accessToken, "");
        await().until(() -> listener.lines().contains("event: hello"));
        other.tellToStop();
        await().atMost(Duration.ofSeconds(2)).until(() -> other.statusOf("/actuator/health/readiness") == 503);
        await().atMost(SHUTDOWN_DELAY).until(listener::hasEnded);
        assertThat(listener.lines()).endsWith("event: goodbye", "data: {\"reason\":\"RELEASE\"}");
        try (var elsewhere = LiveListener.on(one, accessToken, listener.lastEventId())) {
            await().until(() -> elsewhere.lines().stream().anyMatch(line -> line.contains("\"resumed\":true")));
        }
        var answer = other.get(accessToken, "/api/v1/me");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.response().headers().firstValue("Connection")).contains("close");
        await().atMost(SHUTDOWN_DELAY.plusSeconds(10)).until(() -> !other.isRunning());
        people.assertAtWork();
        System.out.println(people.summary());
    }

    private String changePassword(String user, String newPassword) throws SQLException {
        var now = database.now();
        database.execute("alter role %s password '%s'".formatted(user, newPassword));
        return now;
    }

    /** Until both tasks have new ones: more than one task can hold, with the pool's 16 and the one that listens. */
    private void awaitConnectionsOpenedSince(String moment, String user) {
        await("connections of " + user + " opened since " + moment)
                .atMost(CONNECTIONS_LIVE.plusSeconds(30))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> database.openedSince(user, moment) >= 18);
    }

    private String keyOf(String kid) {
        return Objects.requireNonNull(keys.get(kid));
    }

    private String key(String kid) {
        var bytes = new byte[48];
        RANDOM.nextBytes(bytes);
        var secret = Base64.getEncoder().encodeToString(bytes);
        everythingSecret.add(secret);
        var json = """
                {"kid": "%s", "secret": "%s"}""".formatted(kid, secret);
        keys.put(kid, json);
        return json;
    }

    private static String keys(String... keys) {
        return Stream.of(keys).collect(Collectors.joining(", ", "{\"keys\": [", "]}"));
    }

    private String login(String user, String password) {
        return """
                {"username": "%s", "password": "%s", "engine": "postgres", "host": "127.0.0.1", "port": %d,
                 "dbname": "%s"}""".formatted(user, password, database.port(), PasswordDatabase.NAME);
    }

    private static String account(String email, String password) {
        return """
                {"email": "%s", "password": "%s"}""".formatted(email, password);
    }

    private String password() {
        var bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        var password = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        everythingSecret.add(password);
        return password;
    }

    private Path log(String name) {
        return temporary.resolve(name + ".log");
    }

    private static void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(duration);
    }
}
