package io.tealdesk.outbox;

import io.tealdesk.shared.DeskProperties;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.Objects;
import java.util.Set;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;

@Component
class SmtpMailTransport implements MailTransport {

    /** RFC 4954: credentials that the server does not like. Not the mail's fault, and mended by an operator. */
    private static final Set<Integer> SIGN_IN_REFUSED = Set.of(530, 534, 535, 538);

    private final JavaMailSender mailServer;
    private final DeskProperties desk;
    private final Clock clock;

    SmtpMailTransport(JavaMailSender mailServer, DeskProperties desk, Clock clock) {
        this.mailServer = mailServer;
        this.desk = desk;
        this.clock = clock;
    }

    @Override
    public void send(String messageId, OutgoingMail mail) throws MailNotSent {
        var message = message(messageId, mail);
        try {
            mailServer.send(message);
        } catch (MailException failure) {
            throw isRefusal(failure)
                    ? MailNotSent.refused(reason(failure), failure)
                    : MailNotSent.forNow(reason(failure), failure);
        }
    }

    private MimeMessage message(String messageId, OutgoingMail mail) throws MailNotSent {
        try {
            var message = mailServer.createMimeMessage();
            var recipient = new InternetAddress(mail.recipient(), true);
            recipient.setPersonal(oneLine(mail.recipientName()), StandardCharsets.UTF_8.name());
            message.setFrom(new InternetAddress(desk.mailFrom(), true));
            message.setRecipient(MimeMessage.RecipientType.TO, recipient);
            message.setSubject(oneLine(mail.subject()), StandardCharsets.UTF_8.name());
            message.setText(mail.text(), StandardCharsets.UTF_8.name());
            message.setSentDate(Date.from(clock.instant()));
            message.setHeader("Message-ID", messageId);
            // RFC 3834: keeps vacation notices from answering.
            message.setHeader("Auto-Submitted", "auto-generated");
            for (var header : mail.headers().entrySet()) {
                message.setHeader(header.getKey(), oneLine(header.getValue()));
            }
            return message;
        } catch (AddressException failure) {
            throw MailNotSent.refused("Not a mail address", failure);
        } catch (MessagingException | UnsupportedEncodingException failure) {
            throw MailNotSent.refused("Cannot be written as a mail: " + failure.getMessage(), failure);
        }
    }

    /** A line break in a header would begin another header. */
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    /** Whether any answer of the server on the way was a final one (RFC 5321: 5yz). */
    private static boolean isRefusal(MailException failure) {
        if (failure instanceof MailSendException sending) {
            for (var cause : sending.getMessageExceptions()) {
                if (isRefusal(cause)) {
                    return true;
                }
            }
        }
        return isRefusal(failure.getCause());
    }

    private static boolean isRefusal(@Nullable Throwable failure) {
        for (var cause = failure; cause != null; cause = next(cause)) {
            var code = switch (cause) {
                case SMTPAddressFailedException address -> address.getReturnCode();
                case SMTPSendFailedException sending -> sending.getReturnCode();
                default -> 0;
            };
            if (code >= 500 && !SIGN_IN_REFUSED.contains(code)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Throwable next(Throwable failure) {
        return failure instanceof MessagingException chained && chained.getNextException() != null
                ? chained.getNextException()
                : failure.getCause();
    }

    private static String reason(MailException failure) {
        return Objects.requireNonNullElse(failure.getMessage(), failure.toString());
    }
}
