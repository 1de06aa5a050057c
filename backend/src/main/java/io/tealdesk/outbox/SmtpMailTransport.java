package io.tealdesk.outbox;

import io.tealdesk.shared.DeskProperties;
import jakarta.mail.MessagingException;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.Set;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.stereotype.Component;

@Component
class SmtpMailTransport implements MailTransport {

    /** RFC 4954: credentials that the server does not like. Not the mail's fault, and mended by an operator. */
    private static final Set<Integer> SIGN_IN_REFUSED = Set.of(530, 534, 535, 538);

    private static final Logger log = LoggerFactory.getLogger(SmtpMailTransport.class);

    private final JavaMailSenderImpl mailServer;
    private final DeskProperties desk;
    private final Clock clock;

    SmtpMailTransport(JavaMailSenderImpl mailServer, DeskProperties desk, Clock clock) {
        this.mailServer = mailServer;
        this.desk = desk;
        this.clock = clock;
    }

    @Override
    public MailConnection open() {
        return new SmtpConnection();
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
            // RFC 3834: keeps vacation notices from answering.
            message.setHeader("Auto-Submitted", "auto-generated");
            for (var header : mail.headers().entrySet()) {
                message.setHeader(header.getKey(), oneLine(header.getValue()));
            }
            message.saveChanges();
            // Saving gives it another one.
            message.setHeader("Message-ID", messageId);
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
    private static boolean isRefusal(MessagingException failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = next(cause)) {
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

    private static @Nullable String orNone(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    private class SmtpConnection implements MailConnection {

        private @Nullable Transport transport;

        @Override
        public void send(String messageId, OutgoingMail mail) throws MailNotSent {
            var message = message(messageId, mail);
            try {
                connected().sendMessage(message, message.getAllRecipients());
            } catch (MessagingException failure) {
                // In what state the conversation is now, nobody knows: the next mail begins another.
                close();
                throw isRefusal(failure)
                        ? MailNotSent.refused(failure.toString(), failure)
                        : MailNotSent.forNow(failure.toString(), failure);
            }
        }

        private String protocol() {
            var protocol = mailServer.getProtocol();
            return protocol == null ? JavaMailSenderImpl.DEFAULT_PROTOCOL : protocol;
        }

        private Transport connected() throws MessagingException {
            var open = transport;
            if (open == null) {
                open = mailServer.getSession().getTransport(protocol());
                transport = open;
                open.connect(
                        mailServer.getHost(),
                        mailServer.getPort(),
                        orNone(mailServer.getUsername()),
                        orNone(mailServer.getPassword()));
            }
            return open;
        }

        @Override
        public void close() {
            var open = transport;
            transport = null;
            if (open != null) {
                try {
                    open.close();
                } catch (MessagingException failure) {
                    log.debug("The mail server did not say goodbye: {}", failure.toString());
                }
            }
        }
    }
}
