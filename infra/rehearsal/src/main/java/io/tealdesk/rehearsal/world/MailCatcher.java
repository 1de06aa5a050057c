package io.tealdesk.rehearsal.world;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;

/** A mail server that accepts everything and delivers nothing, and forgets nothing: each mail is to come once. */
public final class MailCatcher implements AutoCloseable {

    private static final int CONNECTIONS_MAX = 200;

    private final Queue<Mail> mails = new ConcurrentLinkedQueue<>();
    private final InetAddress address;
    private final SMTPServer server;

    public MailCatcher(InetAddress address) {
        this.address = address;
        server = SMTPServer.port(0)
                .bindAddress(address)
                .softwareName("Tealdesk rehearsal")
                .maxConnections(CONNECTIONS_MAX)
                .messageHandler((context, from, to, mail) -> keep(to, mail))
                .build();
        server.start();
    }

    private void keep(String recipient, byte[] content) throws RejectException {
        try {
            MimeMessage mail = new MimeMessage(null, new ByteArrayInputStream(content));
            mails.add(new Mail(
                    Instant.now(),
                    recipient,
                    Arrays.stream(Objects.requireNonNullElse(mail.getRecipients(RecipientType.TO), NOBODY))
                            .map(Object::toString)
                            .toList(),
                    Objects.requireNonNullElse(mail.getSubject(), ""),
                    Objects.requireNonNullElse(mail.getMessageID(), ""),
                    String.valueOf(mail.getContent())));
        } catch (MessagingException | IOException unreadable) {
            throw new RejectException(451, "The mail cannot be read: " + unreadable.getMessage());
        }
    }

    private static final jakarta.mail.Address[] NOBODY = {};

    public String host() {
        return address.getHostAddress();
    }

    public int port() {
        return server.getPortAllocated();
    }

    /** In the order in which they came. */
    public List<Mail> mails() {
        return List.copyOf(mails);
    }

    @Override
    public void close() {
        server.stop();
    }

    /**
     * A mail that the server accepted. The desk gives each a Message-ID for good: one that comes twice is a double.
     *
     * @param recipient whom the envelope names
     * @param text its body, decoded
     */
    public record Mail(
            Instant caught, String recipient, List<String> to, String subject, String messageId, String text) {}
}
