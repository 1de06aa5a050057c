package io.tealdesk.embedded;

import io.tealdesk.shared.DemoLogins;
import io.tealdesk.shared.DeskProperties;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.mail.javamail.JavaMailSenderImpl;

@Configuration(proxyBeanMethods = false)
@Profile("embedded")
@ConditionalOnClass(EmbeddedPostgres.class)
class EmbeddedConfiguration {

    @Bean
    DeskDirectory deskDirectory(EmbeddedProperties embedded, DeskProperties desk) {
        return embedded.join()
                ? DeskDirectory.join(embedded.directory())
                : DeskDirectory.own(embedded.directory(), desk.baseUrl().toString());
    }

    @Bean
    DatabaseServer databaseServer(DeskDirectory directory) {
        return DatabaseServer.of(directory);
    }

    @Bean
    CaughtMails caughtMails(DeskDirectory directory, Clock clock) {
        return new CaughtMails(directory.resolve("mails"), clock);
    }

    @Bean
    MailCatcher mailCatcher(EmbeddedProperties embedded, CaughtMails mails) {
        return new MailCatcher(embedded.smtpPort(), mails);
    }

    /** Knows the port only once the catcher has one, so it cannot come from properties. */
    @Bean
    JavaMailSenderImpl mailSender(MailCatcher catcher) {
        var sender = new JavaMailSenderImpl();
        sender.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        sender.setPort(catcher.port());
        sender.setDefaultEncoding(StandardCharsets.UTF_8.name());
        return sender;
    }

    @Bean
    Welcome welcome(DeskProperties desk, DeskDirectory directory, ObjectProvider<DemoLogins> demoLogins) {
        return new Welcome(desk, directory, demoLogins);
    }
}
