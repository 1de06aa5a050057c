package io.tealdesk.rehearsal.schema;

import io.tealdesk.rehearsal.world.MailCatcher;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The links that the desk sends to people. */
final class MailBox {

    /** Mail leaves once a second. */
    private static final Duration ARRIVES_WITHIN = Duration.ofSeconds(10);

    private final MailCatcher mails;

    MailBox(MailCatcher mails) {
        this.mails = mails;
    }

    /**
     * The single-use token of a link such as {@code /reset-password#token=…}; empty when no such mail comes.
     *
     * @param which 1 for the first mail of its kind, 2 for the one that takes its place
     */
    Optional<String> token(String recipient, String page, int which) throws InterruptedException {
        Pattern link = Pattern.compile(Pattern.quote(page) + "#token=([\\w-]+)");
        Instant until = Instant.now().plus(ARRIVES_WITHIN);
        while (Instant.now().isBefore(until)) {
            Optional<String> token = mails.mails().stream()
                    .filter(mail -> mail.recipient().equalsIgnoreCase(recipient))
                    .map(mail -> link.matcher(mail.text()))
                    .filter(Matcher::find)
                    .map(found -> found.group(1))
                    .skip(which - 1L)
                    .findFirst();
            if (token.isPresent()) {
                return token;
            }
            Thread.sleep(Duration.ofMillis(100));
        }
        return Optional.empty();
    }
}
