package io.tealdesk.rehearsal.schema;

import java.io.IOException;
import java.io.Serial;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A release that ends, or never serves, where it should have started. */
public final class DoesNotStart extends IOException {

    @Serial
    private static final long serialVersionUID = 1;

    private static final Pattern REASON = Pattern.compile("Schema[- ]validation: [^\"\\\\\\n]+");
    private static final int SHOWN_MAX = 300;

    /** @param log everything that it said */
    public DoesNotStart(String log) {
        super(reason(log));
    }

    private static String reason(String log) {
        Matcher validation = REASON.matcher(log);
        if (validation.find()) {
            return validation.group().strip();
        }
        String last = log.lines()
                .filter(line -> !line.isBlank())
                .reduce((earlier, later) -> later)
                .orElse("it says nothing");
        return last.length() > SHOWN_MAX ? last.substring(0, SHOWN_MAX) + "…" : last;
    }
}
