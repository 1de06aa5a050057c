package io.tealdesk.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.tealdesk.MutableClock;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mail.javamail.JavaMailSenderImpl;

class MailCatcherTests {

    @TempDir
    Path directory;

    private final MutableClock time = new MutableClock();

    @Test
    void keepsWhatItIsSentNewestFirst() throws Exception {
        var mails = new CaughtMails(directory, time);
        try (var catcher = new MailCatcher(0, mails)) {
            send(catcher, "ines@example.org", "Grüße", "Ein Text mit ß.");
            time.advance(Duration.ofSeconds(1));
            send(catcher, "ben@example.org", "Second", "https://tealdesk.test/verify-email#token=abc");
        }

        assertThat(mails.list()).extracting(CaughtMails.CaughtMail::subject).containsExactly("Second", "Grüße");
        assertThat(mails.list().getLast().text().strip()).isEqualTo("Ein Text mit ß.");
        assertThat(mails.list().getFirst().isTo("BEN@example.org")).isTrue();
    }

    @Test
    void choosesAnotherPortWhereTheWantedOneIsTaken() throws Exception {
        var mails = new CaughtMails(directory, time);
        try (var first = new MailCatcher(0, mails);
                var second = new MailCatcher(first.port(), mails)) {
            assertThat(second.port()).isNotEqualTo(first.port());
        }
    }

    @Test
    void theOldestMakeRoom() throws Exception {
        var mails = new CaughtMails(directory, time);
        for (int i = 0; i < CaughtMails.KEPT_MAX + 3; i++) {
            time.advance(Duration.ofSeconds(1));
            mails.keep("Subject: mail %d\r\n\r\ntext".formatted(i).getBytes(StandardCharsets.US_ASCII));
        }

        try (var files = Files.list(directory)) {
            assertThat(files).hasSize(CaughtMails.KEPT_MAX);
        }
        assertThat(mails.list().getLast().subject()).isEqualTo("mail 3");
    }

    @Test
    void findsNothingOutsideOfItsDirectory() {
        var mails = new CaughtMails(directory.resolve("mails"), time);

        assertThat(mails.find("../1795383176001-aaaaaaaa")).isEmpty();
        assertThat(mails.find("1795383176001-aaaaaaaa")).isEmpty();
    }

    @Test
    void showsMailsWithoutRunningWhatIsInThem() throws Exception {
        var mails = new CaughtMails(directory, time);
        mails.keep("""
                From: desk@tealdesk.test
                To: ines@example.org
                Subject: <script>alert(1)</script>
                Content-Type: text/plain; charset=utf-8

                See https://tealdesk.test/?a=1&b="><script>alert(2)</script>.""".getBytes(StandardCharsets.UTF_8));
        var mail = mails.list().getFirst();

        for (var page : new String[] {CaughtMailPages.mail(mail), CaughtMailPages.list(mails.list())}) {
            assertThat(page).doesNotContain("<script").contains("&lt;script&gt;alert(1)");
        }
        assertThat(CaughtMailPages.mail(mail)).contains("<a href=\"https://tealdesk.test/?a=1&amp;b=");
    }

    private static void send(MailCatcher catcher, String to, String subject, String text) throws Exception {
        var sender = new JavaMailSenderImpl();
        sender.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        sender.setPort(catcher.port());
        var mail = sender.createMimeMessage();
        mail.setFrom("desk@tealdesk.test");
        mail.setRecipients(jakarta.mail.Message.RecipientType.TO, to);
        mail.setSubject(subject, "UTF-8");
        mail.setText(text, "UTF-8");
        sender.send(mail);
    }
}
