package io.tealdesk.outbox;

import java.util.Map;

/**
 * A mail to one recipient, in plain text.
 *
 * @param confidential holds a single-use link: the text is blanked once the mail has left
 * @param headers further headers, such as {@code References}; names and values are ASCII
 */
public record OutgoingMail(
        String recipient,
        String recipientName,
        String subject,
        String text,
        boolean confidential,
        Map<String, String> headers) {

    public static OutgoingMail confidential(String recipient, String recipientName, String subject, String text) {
        return new OutgoingMail(recipient, recipientName, subject, text, true, Map.of());
    }

    public static OutgoingMail of(String recipient, String recipientName, String subject, String text) {
        return new OutgoingMail(recipient, recipientName, subject, text, false, Map.of());
    }
}
