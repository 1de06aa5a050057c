package io.tealdesk.identity;

import io.tealdesk.identity.IdentityProperties.Login;
import io.tealdesk.secrets.SecretName;
import io.tealdesk.secrets.Secrets;
import io.tealdesk.shared.StartProblem;
import io.tealdesk.shared.UndeliverableAddress;
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
 * Keeps the customer whom release checks sign in as, where the settings name one. An ordinary customer, whose address
 * receives no mail; the password follows the settings at every start, so it may be rotated at any time.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class SyntheticCustomer implements ApplicationRunner {

    private static final String NAME = "Release check";
    /** Any number that nothing else locks: several tasks may start at once. */
    private static final long ADVISORY_LOCK = 0x7EA1_0004L;

    private static final Logger log = LoggerFactory.getLogger(SyntheticCustomer.class);

    private final IdentityProperties properties;
    private final Secrets secrets;
    private final PersonRepository people;
    private final Sessions sessions;
    private final PasswordEncoder passwords;
    private final JdbcClient jdbc;
    private final Clock clock;

    SyntheticCustomer(
            IdentityProperties properties,
            Secrets secrets,
            PersonRepository people,
            Sessions sessions,
            PasswordEncoder passwords,
            JdbcClient jdbc,
            Clock clock) {
        this.properties = properties;
        this.secrets = secrets;
        this.people = people;
        this.sessions = sessions;
        this.passwords = passwords;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    @Transactional
    public void run(ApplicationArguments arguments) {
        var login = login();
        if (login != null) {
            keep(login);
        }
    }

    private @Nullable Login login() {
        return secrets.has(SecretName.SYNTHETIC_CUSTOMER)
                ? secrets.read(SecretName.SYNTHETIC_CUSTOMER, Login::read)
                : properties.syntheticCustomer();
    }

    void keep(Login login) {
        if (!UndeliverableAddress.is(login.email())) {
            throw new StartProblem(
                    "The synthetic customer's address " + login.email() + " could be somebody's.",
                    "Give it one that ends in .invalid, such as release-check@tealdesk.invalid.");
        }
        jdbc.sql("select 1 from pg_advisory_xact_lock(:lock)")
                .param("lock", ADVISORY_LOCK)
                .query(Integer.class)
                .single();
        var person = people.findByEmail(login.email())
                .orElseGet(() -> new Person(login.email(), NAME, Role.CUSTOMER, "en", clock.instant()));
        if (person.role().isStaff()) {
            throw new StartProblem(
                    "The synthetic customer's address " + login.email() + " is that of somebody who works here.",
                    "Give the synthetic customer another address.");
        }
        if (person.isActive() && passwords.matches(login.password(), person.passwordHash())) {
            return;
        }
        person.reactivate();
        person.choosePassword(Objects.requireNonNull(passwords.encode(login.password())), clock.instant());
        people.saveAndFlush(person);
        sessions.endAll(person.id(), Sessions.EndReason.PASSWORD_CHANGED, null);
        log.info("The synthetic customer {} has a new password", login.email());
    }
}
