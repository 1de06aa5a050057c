package io.tealdesk.rehearsal.report;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Figures as people read them, in English whatever the machine's language is. */
final class Words {

    private static final int EXAMPLES = 3;

    private Words() {}

    static String number(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }

    /** With one decimal below a hundred, unless it is a whole number. */
    static String decimal(double number) {
        if (Double.isInfinite(number) || Double.isNaN(number)) {
            return "–";
        }
        if (number >= 100 || number == Math.rint(number)) {
            return String.format(Locale.ENGLISH, "%,.0f", number);
        }
        return String.format(Locale.ENGLISH, number < 10 ? "%.2f" : "%.1f", number);
    }

    static String count(long number, String one) {
        return count(number, one, one + "s");
    }

    static String count(long number, String one, String many) {
        return number(number) + " " + (number == 1 ? one : many);
    }

    static String wereCount(long number) {
        return number(number) + (number == 1 ? " was" : " were");
    }

    static String wereCount(long number, String one) {
        return count(number, one) + (number == 1 ? " was" : " were");
    }

    static String wasCount(long number) {
        return wereCount(number);
    }

    static String isCount(long number) {
        return number(number) + (number == 1 ? " is" : " are");
    }

    static String isCount(long number, String one) {
        return count(number, one) + (number == 1 ? " is" : " are");
    }

    static String ended(String outcome) {
        return outcome.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** The first few after a colon, closed with a full stop. */
    static String examples(List<String> lines) {
        return examples(lines, ".");
    }

    static String examples(List<String> lines, String close) {
        if (lines.isEmpty()) {
            return close;
        }
        String more = lines.size() > EXAMPLES ? " and %s more".formatted(number(lines.size() - EXAMPLES)) : "";
        return ": " + String.join("; ", lines.subList(0, Math.min(EXAMPLES, lines.size()))) + more + close;
    }

    static String duration(Duration duration) {
        double millis = duration.toNanos() / 1e6;
        if (millis == 0) {
            return "0 ms";
        }
        if (millis < 10) {
            return String.format(Locale.ENGLISH, "%.1f ms", millis);
        }
        if (millis < 1000) {
            return String.format(Locale.ENGLISH, "%.0f ms", millis);
        }
        if (millis < 60_000) {
            return String.format(Locale.ENGLISH, "%.1f s", millis / 1000);
        }
        return "%d min %02d s".formatted(duration.toMinutes(), duration.toSecondsPart());
    }
}
