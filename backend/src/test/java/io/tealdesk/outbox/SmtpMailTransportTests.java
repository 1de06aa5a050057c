package io.tealdesk.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.tealdesk.shared.DeskProperties;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;

/** Against a real mail server, whose answer depends on the recipient. */
class SmtpMailTransportTests {

    private static final String ID = "<1@tealdesk.test>";

    private final List<byte[]> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private SMTPServer server;
    private MailTransport.MailConnection connection;

    @BeforeEach
    void start() {
        server = SMTPServer.port(0)
                .bindAddress(InetAddress.getLoopbackAddress())
                .sessionIdFactory(() -> "connection-" + connections.incrementAndGet())
                .messageHandler((context, from, to, mail) -> {
                    if (to.startsWith("nobody@")) {
                        throw new RejectException(550, "No such person");
                    }
                    if (to.startsWith("later@")) {
                        throw new RejectException(451, "Try again later");
                    }
                    received.add(mail);
                })
                .build();
        server.start();
        connection = transportTo(server.getPortAllocated()).open();
    }

    @AfterEach
    void stop() {
        connection.close();
        server.stop();
    }

    @Test
    void sendsTheMailAsItIsWithTheIdThatWasFixedBefore() throws Exception {
        connection.send(
                ID,
                new OutgoingMail(
                        "ines@example.org",
                        "Inés Ö.",
                        "Ein Betreff mit ü\r\nBcc: everyone@example.org",
                        "Zeile eins\nZeile zwei – ✓",
                        false,
                        Map.of("References", "<0@tealdesk.test>")));

        var mail = new MimeMessage(null, new ByteArrayInputStream(received.getFirst()));
        assertThat(mail.getMessageID()).isEqualTo(ID);
        assertThat(mail.getSubject()).isEqualTo("Ein Betreff mit ü Bcc: everyone@example.org");
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getHeader("References")).containsExactly("<0@tealdesk.test>");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(mail.getSentDate().toInstant()).isEqualTo("2026-11-23T12:00:00Z");
        assertThat(mail.getContent().toString()).contains("Zeile zwei – ✓");
    }

    @Test
    void aRefusalIsFinal() {
        assertThatThrownBy(() -> connection.send(ID, OutgoingMail.of("nobody@example.org", "", "Hello", "Text")))
                .asInstanceOf(type(MailNotSent.class))
                .satisfies(failure -> assertThat(failure.isFinal()).isTrue());
    }

    @Test
    void whatIsNoAddressIsFinal() {
        assertThatThrownBy(() -> connection.send(ID, OutgoingMail.of("no address at all", "", "Hello", "Text")))
                .asInstanceOf(type(MailNotSent.class))
                .satisfies(failure -> assertThat(failure.isFinal()).isTrue());
    }

    @Test
    void aServerThatIsBusyMayTakeItLater() {
        assertThatThrownBy(() -> connection.send(ID, OutgoingMail.of("later@example.org", "", "Hello", "Text")))
                .asInstanceOf(type(MailNotSent.class))
                .satisfies(failure -> assertThat(failure.isFinal()).isFalse());
    }

    @Test
    void aServerThatIsGoneMayTakeItLater() {
        server.stop();

        assertThatThrownBy(() -> connection.send(ID, OutgoingMail.of("ines@example.org", "", "Hello", "Text")))
                .asInstanceOf(type(MailNotSent.class))
                .satisfies(failure -> assertThat(failure.isFinal()).isFalse());
    }

    @Test
    void sendsSeveralMailsOverOneConnectionAndGoesOnAfterARefusal() throws Exception {
        connection.send("<1@tealdesk.test>", OutgoingMail.of("ines@example.org", "", "Hello", "One"));
        connection.send("<2@tealdesk.test>", OutgoingMail.of("ines@example.org", "", "Hello", "Two"));
        assertThat(connections).hasValue(1);

        assertThatThrownBy(() -> connection.send(ID, OutgoingMail.of("nobody@example.org", "", "Hello", "Text")))
                .isInstanceOf(MailNotSent.class);
        connection.send("<3@tealdesk.test>", OutgoingMail.of("ines@example.org", "", "Hello", "Three"));

        assertThat(received).hasSize(3);
    }

    private static SmtpMailTransport transportTo(int port) {
        var sender = new JavaMailSenderImpl();
        sender.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        sender.setPort(port);
        return new SmtpMailTransport(
                sender,
                new DeskProperties(URI.create("http://tealdesk.test"), "test", "Tealdesk <desk@tealdesk.test>", null),
                Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC));
    }
}
