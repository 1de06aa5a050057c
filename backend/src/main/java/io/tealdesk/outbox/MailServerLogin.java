package io.tealdesk.outbox;

import io.tealdesk.secrets.Secret;
import io.tealdesk.secrets.SecretName;
import io.tealdesk.secrets.SecretReader;
import io.tealdesk.secrets.Secrets;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.mail.autoconfigure.MailProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import tools.jackson.databind.JsonNode;

/** Takes the place of Spring Boot's mail sender where the sign-in to the mail server comes from a secret. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MailProperties.class)
@ConditionalOnExpression("'${tealdesk.secrets.smtp:}' != ''")
class MailServerLogin {

    @Bean
    JavaMailSenderImpl mailSender(MailProperties properties, Secrets secrets) {
        var sender = new Sender(secrets.keep(SecretName.SMTP, Login::read));
        sender.setHost(properties.getHost());
        if (properties.getPort() != null) {
            sender.setPort(properties.getPort());
        }
        sender.setDefaultEncoding(StandardCharsets.UTF_8.name());
        sender.getJavaMailProperties().putAll(properties.getProperties());
        // A password is never said in the clear.
        sender.getJavaMailProperties().setProperty("mail.smtp.auth", "true");
        sender.getJavaMailProperties().setProperty("mail.smtp.starttls.enable", "true");
        sender.getJavaMailProperties().setProperty("mail.smtp.starttls.required", "true");
        return sender;
    }

    private static class Sender extends JavaMailSenderImpl {

        private final Secret<Login> secret;

        Sender(Secret<Login> secret) {
            this.secret = secret;
        }

        @Override
        public String getUsername() {
            return secret.value().username;
        }

        @Override
        public String getPassword() {
            return secret.value().password;
        }
    }

    private record Login(String username, String password) {

        static Login read(JsonNode json) {
            return new Login(SecretReader.text(json, "username"), SecretReader.text(json, "password"));
        }

        @Override
        public String toString() {
            return "Login[" + username + ']';
        }
    }
}
