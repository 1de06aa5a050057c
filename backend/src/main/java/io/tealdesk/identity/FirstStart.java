package io.tealdesk.identity;

import io.tealdesk.identity.IdentityProperties.Login;
import io.tealdesk.secrets.SecretName;
import io.tealdesk.secrets.Secrets;
import io.tealdesk.shared.RandomToken;
import io.tealdesk.shared.StartProblem;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Gives an empty desk its first administrator and its default team. There is no set-up page that somebody else could
 * reach first: the administrator comes from the settings, or, where that is allowed, is printed to the log this once.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class FirstStart implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(FirstStart.class);
    /** Any number that nothing else locks: two tasks may start on an empty database at once. */
    private static final long ADVISORY_LOCK = 0x7EA1_0001L;

    private final JdbcClient jdbc;
    private final PersonRepository people;
    private final TeamRepository teams;
    private final PasswordEncoder passwords;
    private final IdentityProperties properties;
    private final Secrets secrets;
    private final Clock clock;

    FirstStart(
            JdbcClient jdbc,
            PersonRepository people,
            TeamRepository teams,
            PasswordEncoder passwords,
            IdentityProperties properties,
            Secrets secrets,
            Clock clock) {
        this.jdbc = jdbc;
        this.people = people;
        this.teams = teams;
        this.passwords = passwords;
        this.properties = properties;
        this.secrets = secrets;
        this.clock = clock;
    }

    @Override
    @Transactional
    public void run(ApplicationArguments arguments) {
        jdbc.sql("select 1 from pg_advisory_xact_lock(:lock)")
                .param("lock", ADVISORY_LOCK)
                .query(Integer.class)
                .single();
        if (teams.findDefault().isEmpty()) {
            var team = new Team("Support", "Answers whatever comes in first.", clock.instant());
            team.makeDefault(true);
            teams.saveAndFlush(team);
        }
        var hasAdministrator = jdbc.sql("select exists (select from person where role = 'ADMINISTRATOR')")
                .query(Boolean.class)
                .single();
        if (!hasAdministrator) {
            createAdministrator();
        }
    }

    private void createAdministrator() {
        var given = givenAdministrator();
        if (given == null && !properties.makesUpFirstAdministrator()) {
            throw new StartProblem(
                    "The desk has no administrator, and nothing says who is to be the first.",
                    "Set TEALDESK_FIRST_ADMINISTRATOR_SECRET to the ARN of a secret of the shape {\"email\", \"password\"};"
                            + " it is read this once.");
        }
        var email = given == null ? "admin@tealdesk.example" : given.email().strip();
        var password = given == null ? RandomToken.create().value().substring(0, 20) : given.password();
        PasswordRules.check("tealdesk.identity.first-administrator.password", password, email);
        var person = new Person(email, "Administrator", Role.ADMINISTRATOR, "en", clock.instant());
        person.choosePassword(Objects.requireNonNull(passwords.encode(password)), clock.instant());
        people.saveAndFlush(person);
        if (given == null) {
            log.warn(
                    "Created the first administrator: {} with password {} (shown this once; change it now)",
                    email,
                    password);
        } else {
            log.info("Created the first administrator {}", email);
        }
    }

    private @Nullable Login givenAdministrator() {
        return secrets.has(SecretName.FIRST_ADMINISTRATOR)
                ? secrets.read(SecretName.FIRST_ADMINISTRATOR, Login::read)
                : properties.firstAdministrator();
    }
}
