package io.tealdesk.embedded;

import io.tealdesk.embedded.CaughtMails.CaughtMail;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;

/** Writes the two pages of the mail catcher. Everything that comes from a mail is escaped. */
class CaughtMailPages {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMM, HH:mm:ss", Locale.ENGLISH).withZone(ZoneId.systemDefault());
    /** Searched for in escaped text, where an ampersand is the only entity that a link may hold. */
    private static final Pattern LINK = Pattern.compile("https?://(?:[^\\s&<>\"']|&amp;)+[^\\s&<>\"'.,;:!?)]");

    private CaughtMailPages() {}

    static String list(List<CaughtMail> mails) {
        if (mails.isEmpty()) {
            return page("Caught mail", "<h1>Caught mail</h1><p>No mail yet. Register, or reset a password.</p>");
        }
        var rows = mails.stream()
                .map(mail -> """
                        <tr><td><a href="/dev/mail/%s">%s</a></td><td>%s</td><td><time>%s</time></td></tr>
                        """.formatted(
                                mail.id(),
                                mail.subject().isBlank() ? "(no subject)" : escaped(mail.subject()),
                                escaped(String.join(", ", mail.to())),
                                TIME.format(mail.caughtAt())))
                .collect(Collectors.joining());
        return page("Caught mail", """
                <h1>Caught mail</h1>
                <p>What this desk would have sent; the newest %d are kept. <a href="/dev/mail">Look again</a></p>
                <table><thead><tr><th scope="col">Subject</th><th scope="col">To</th><th scope="col">Caught</th></tr></thead>
                <tbody>%s</tbody></table>
                """.formatted(CaughtMails.KEPT_MAX, rows));
    }

    static String mail(CaughtMail mail) {
        return page(mail.subject(), """
                <p><a href="/dev/mail">All caught mail</a></p>
                <h1>%s</h1>
                <dl><dt>From</dt><dd>%s</dd><dt>To</dt><dd>%s</dd><dt>Caught</dt><dd>%s</dd></dl>
                <div class="text">%s</div>
                """.formatted(
                        escaped(mail.subject()),
                        escaped(String.join(", ", mail.from())),
                        escaped(String.join(", ", mail.to())),
                        TIME.format(mail.caughtAt()),
                        LINK.matcher(escaped(mail.text())).replaceAll("<a href=\"$0\">$0</a>")));
    }

    private static String page(String title, String body) {
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>%s – Tealdesk mail catcher</title>
                <link rel="stylesheet" href="/dev/mail.css">
                </head>
                <body><main>
                %s
                </main></body>
                </html>
                """.formatted(escaped(title), body);
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }
}
