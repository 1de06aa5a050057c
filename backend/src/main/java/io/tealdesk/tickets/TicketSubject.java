package io.tealdesk.tickets;

import io.tealdesk.shared.Problem;
import java.util.regex.Pattern;

/** The one form of a subject: one line that holds something to see. */
final class TicketSubject {

    private static final Pattern BREAKS_AND_CONTROLS = Pattern.compile("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\u0080-\\u009f]+");
    private static final Pattern VISIBLE = Pattern.compile("[^\\p{Z}\\p{Cc}\\p{Cf}]");

    private TicketSubject() {}

    static String normalised(String subject) {
        if (!VISIBLE.matcher(subject).find()) {
            throw Problem.invalidField("subject", "NotBlank", "must not be blank");
        }
        return BREAKS_AND_CONTROLS.matcher(subject).replaceAll(" ").strip();
    }
}
