package io.tealdesk.outbox;

import org.jspecify.annotations.Nullable;

/** The mail server refused a mail for good, or may take it later. */
public class MailNotSent extends Exception {

    private final boolean isFinal;

    private MailNotSent(String reason, boolean isFinal, @Nullable Throwable cause) {
        super(reason, cause);
        this.isFinal = isFinal;
    }

    public static MailNotSent refused(String reason, @Nullable Throwable cause) {
        return new MailNotSent(reason, true, cause);
    }

    public static MailNotSent forNow(String reason, @Nullable Throwable cause) {
        return new MailNotSent(reason, false, cause);
    }

    boolean isFinal() {
        return isFinal;
    }
}
