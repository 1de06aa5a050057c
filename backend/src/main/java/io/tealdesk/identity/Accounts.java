package io.tealdesk.identity;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import io.tealdesk.identity.MailTokens.Pending;
import io.tealdesk.identity.MailTokens.Purpose;
import io.tealdesk.shared.OneLine;
import io.tealdesk.shared.Problem;
import io.tealdesk.shared.Throttles;
import io.tealdesk.shared.Throttles.Limit;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Signing up, confirming an address, and passwords. What a stranger asks for about an address is only noted in the
 * request and done by a job afterwards: the answer and its time are the same whether the address is known or not.
 */
@Component
class Accounts {

    static final TaskDescriptor<Registration> REGISTRATION =
            TaskDescriptor.of("identity-registration", Registration.class);
    static final TaskDescriptor<LinkRequest> LINK_REQUEST =
            TaskDescriptor.of("identity-link-request", LinkRequest.class);

    private static final Limit REQUESTS_PER_ADDRESS = new Limit("account-address", 5, Duration.ofHours(1));
    private static final Limit REQUESTS_PER_CLIENT = new Limit("account-client", 100, Duration.ofHours(1));

    private final PersonRepository people;
    private final MailTokens mailTokens;
    private final IdentityMails mails;
    private final Sessions sessions;
    private final PasswordEncoder passwords;
    private final Throttles throttles;
    private final ObjectProvider<SchedulerClient> jobs;
    private final Clock clock;

    Accounts(
            PersonRepository people,
            MailTokens mailTokens,
            IdentityMails mails,
            Sessions sessions,
            PasswordEncoder passwords,
            Throttles throttles,
            ObjectProvider<SchedulerClient> jobs,
            Clock clock) {
        this.people = people;
        this.mailTokens = mailTokens;
        this.mails = mails;
        this.sessions = sessions;
        this.passwords = passwords;
        this.throttles = throttles;
        this.jobs = jobs;
        this.clock = clock;
    }

    void askToRegister(String email, String name, String password, String locale, String clientAddress) {
        PasswordRules.check("password", password, email);
        throttle(email, clientAddress);
        var registration = new Registration(email.strip(), OneLine.of("name", name), encoded(password), locale);
        jobs.getObject()
                .scheduleIfNotExists(REGISTRATION
                        .instance(UUID.randomUUID().toString())
                        .data(registration)
                        .scheduledTo(clock.instant()));
    }

    void askForLink(Purpose purpose, String email, String clientAddress) {
        throttle(email, clientAddress);
        jobs.getObject()
                .scheduleIfNotExists(LINK_REQUEST
                        .instance(UUID.randomUUID().toString())
                        .data(new LinkRequest(purpose, email.strip()))
                        .scheduledTo(clock.instant()));
    }

    /** Somebody with a password is told by mail that they have one; anybody else gets a link that sets it. */
    @Transactional
    void register(Registration registration) {
        var person = people.findByEmail(registration.email)
                .orElseGet(() -> people.saveAndFlush(new Person(
                        registration.email, registration.name, Role.CUSTOMER, registration.locale, clock.instant())));
        if (!person.isActive()) {
            return;
        }
        if (person.passwordHash() != null) {
            mails.alreadyRegistered(person);
        } else if (!person.role().isStaff()) {
            var token = mailTokens.create(
                    Purpose.VERIFY_EMAIL, person.id(), new Pending(registration.name, registration.passwordHash));
            mails.verifyEmail(person, token);
        }
    }

    @Transactional
    void sendLink(LinkRequest request) {
        var person = people.findByEmail(request.email).filter(Person::isActive).orElse(null);
        if (person == null) {
            return;
        }
        if (request.purpose == Purpose.RESET_PASSWORD) {
            mails.resetPassword(person, mailTokens.create(Purpose.RESET_PASSWORD, person.id()));
        } else if (request.purpose == Purpose.VERIFY_EMAIL && person.passwordHash() == null) {
            var pending = mailTokens.pendingRegistration(person.id());
            if (pending.passwordHash() != null) {
                mails.verifyEmail(person, mailTokens.create(Purpose.VERIFY_EMAIL, person.id(), pending));
            }
        }
    }

    @Transactional
    void verifyEmail(String token) {
        var redeemed = mailTokens.redeem(Purpose.VERIFY_EMAIL, token);
        var person = active(redeemed.personId());
        if (person.passwordHash() != null || redeemed.pending().passwordHash() == null) {
            throw IdentityProblem.linkInvalid();
        }
        if (!person.isEmailVerified() && redeemed.pending().name() != null) {
            person.rename(redeemed.pending().name(), person.locale());
        }
        person.choosePassword(redeemed.pending().passwordHash(), clock.instant());
    }

    @Transactional
    void resetPassword(String token, String password) {
        var person = active(mailTokens.redeem(Purpose.RESET_PASSWORD, token).personId());
        PasswordRules.check("password", password, person.email());
        person.choosePassword(encoded(password), clock.instant());
        sessions.endAll(person.id(), Sessions.EndReason.PASSWORD_CHANGED, null);
        mails.passwordChanged(person);
    }

    @Transactional
    void acceptInvitation(String token, String name, String password) {
        var person = active(mailTokens.redeem(Purpose.ACCEPT_INVITATION, token).personId());
        PasswordRules.check("password", password, person.email());
        person.rename(OneLine.of("name", name), person.locale());
        person.choosePassword(encoded(password), clock.instant());
    }

    @Transactional
    void changePassword(Viewer viewer, String currentPassword, String newPassword) {
        throttles.take(REQUESTS_PER_ADDRESS, "password-change " + viewer.personId());
        var person = active(viewer.personId());
        if (!passwords.matches(currentPassword, person.passwordHash())) {
            throw Problem.invalidField("currentPassword", "Wrong", "is not your current password");
        }
        PasswordRules.check("newPassword", newPassword, person.email());
        throttles.giveBack(REQUESTS_PER_ADDRESS, "password-change " + viewer.personId());
        person.changePassword(encoded(newPassword));
        sessions.endAll(person.id(), Sessions.EndReason.PASSWORD_CHANGED, viewer.sessionId());
        mails.passwordChanged(person);
    }

    private void throttle(String email, String clientAddress) {
        throttles.take(REQUESTS_PER_CLIENT, clientAddress);
        throttles.take(REQUESTS_PER_ADDRESS, email.strip());
    }

    private Person active(UUID personId) {
        return people.findById(personId).filter(Person::isActive).orElseThrow(IdentityProblem::linkInvalid);
    }

    private String encoded(String password) {
        return Objects.requireNonNull(passwords.encode(password));
    }

    record Registration(String email, String name, String passwordHash, String locale) {}

    record LinkRequest(Purpose purpose, String email) {}
}
