package io.tealdesk.identity;

import io.tealdesk.outbox.Outbox;
import io.tealdesk.outbox.OutgoingMail;
import io.tealdesk.shared.DeskProperties;
import io.tealdesk.shared.RandomToken;
import java.util.Locale;
import java.util.ResourceBundle;
import org.springframework.stereotype.Component;

/** The mails of sign-up and sign-in, in the reader's language. They repeat nothing that a stranger typed into a form. */
@Component
class IdentityMails {

    private final Outbox outbox;
    private final DeskProperties desk;

    IdentityMails(Outbox outbox, DeskProperties desk) {
        this.outbox = outbox;
        this.desk = desk;
    }

    void verifyEmail(Person person, RandomToken token) {
        // The fragment never reaches a server log or a Referer header.
        send(person, "verify-email", desk.link("/verify-email#token=" + token.value()));
    }

    void alreadyRegistered(Person person) {
        send(person, "already-registered", desk.link("/forgot-password"));
    }

    void resetPassword(Person person, RandomToken token) {
        send(person, "reset-password", desk.link("/reset-password#token=" + token.value()));
    }

    void acceptInvitation(Person person, RandomToken token) {
        send(person, "accept-invitation", desk.link("/accept-invitation#token=" + token.value()));
    }

    void passwordChanged(Person person) {
        send(person, "password-changed", desk.link("/forgot-password"));
    }

    private void send(Person person, String mail, String link) {
        var texts = ResourceBundle.getBundle("mail/identity", Locale.forLanguageTag(person.locale()));
        outbox.put(OutgoingMail.confidential(
                person.email(),
                "",
                texts.getString(mail + ".subject"),
                texts.getString(mail + ".text").replace("{link}", link) + "\n"));
    }
}
