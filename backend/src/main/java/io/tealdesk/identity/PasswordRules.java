package io.tealdesk.identity;

import io.tealdesk.shared.Problem;
import java.util.Locale;

/** Length is what makes a password strong (NIST SP 800-63B); beyond it only what everybody would guess is refused. */
final class PasswordRules {

    static final int LENGTH_MIN = 10;
    static final int LENGTH_MAX = 200;

    private PasswordRules() {}

    static void check(String field, String password, String email) {
        if (password.length() < LENGTH_MIN || password.length() > LENGTH_MAX) {
            throw Problem.invalidField(
                    field, "Length", "must have " + LENGTH_MIN + " to " + LENGTH_MAX + " characters");
        }
        var lowerCase = password.toLowerCase(Locale.ROOT);
        var address = email.strip().toLowerCase(Locale.ROOT);
        if (lowerCase.equals(address) || password.chars().distinct().count() < 4) {
            throw Problem.invalidField(field, "TooSimple", "is too easy to guess");
        }
    }
}
