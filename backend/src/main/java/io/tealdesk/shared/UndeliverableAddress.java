package io.tealdesk.shared;

import java.util.Locale;

/** Addresses that can be nobody's: the domain {@code invalid} never exists (RFC 6761, section 6.4). */
public final class UndeliverableAddress {

    private UndeliverableAddress() {}

    public static boolean is(String email) {
        return email.strip().toLowerCase(Locale.ROOT).endsWith(".invalid");
    }
}
