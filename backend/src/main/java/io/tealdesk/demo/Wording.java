package io.tealdesk.demo;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fills the slots of one ticket's texts. A slot such as {@code {order}} keeps its value for the whole ticket;
 * {@code {date-3}} counts days from the day the ticket was opened, {@code {day+3}} does so and moves on from a weekend,
 * {@code {in+2}} does that from the day of the message.
 */
final class Wording {

    static final Pattern SLOT = Pattern.compile("\\{([a-z][a-z0-9]*?)([+-]\\d+)?}");

    private static final Pattern EURO = Pattern.compile("€ ([\\d,]+)\\.(\\d\\d)");
    private static final Pattern THOUSANDS = Pattern.compile("\\d{1,3},\\d{3}");

    private final Map<String, String> values = new HashMap<>();
    private final Map<String, List<String>> own;
    private final Map<String, List<String>> shared;
    private final boolean isGerman;
    private final LocalDate opened;
    private final Random random;

    Wording(
            Map<String, List<String>> own,
            Map<String, List<String>> shared,
            String language,
            Instant opened,
            Random random) {
        this.own = own;
        this.shared = shared;
        this.isGerman = language.equals("de");
        this.opened = opened.atZone(WorkingHours.ZONE).toLocalDate();
        this.random = random;
    }

    void set(String slot, String value) {
        values.put(slot, value);
    }

    String fill(String text, Instant at) {
        return fill(text, at, date -> date.format(dateFormat()));
    }

    /** Dates in figures, and nothing that a file system would mind. */
    String fileName(String text, Instant at) {
        return fill(text, at, LocalDate::toString).replace(' ', '-');
    }

    private String fill(String text, Instant at, Function<LocalDate, String> dates) {
        var filled = new StringBuilder();
        var slots = SLOT.matcher(text);
        int done = 0;
        while (slots.find()) {
            filled.append(text, done, slots.start());
            done = slots.end();
            var value = value(slots.group(1), slots.group(2), at, dates);
            if (value == null) {
                filled.append(slots.group());
            } else {
                append(filled, value);
            }
        }
        return filled.append(text, done, text.length()).toString();
    }

    private @Nullable String value(
            String slot, @Nullable String offset, Instant at, Function<LocalDate, String> dates) {
        int days = offset == null ? 0 : Integer.parseInt(offset);
        if (slot.equals("date")) {
            return dates.apply(opened.plusDays(days));
        } else if (slot.equals("day")) {
            return dates.apply(WorkingHours.workingDay(opened.plusDays(days)));
        } else if (slot.equals("in")) {
            var day = at.atZone(WorkingHours.ZONE).toLocalDate().plusDays(days);
            return dates.apply(WorkingHours.workingDay(day));
        }
        var known = values.get(slot);
        if (known != null) {
            return known;
        }
        var chosen = choose(slot);
        if (chosen != null) {
            values.put(slot, chosen);
        }
        return chosen;
    }

    private @Nullable String choose(String slot) {
        var pool = own.getOrDefault(slot, shared.get(slot));
        if (pool == null) {
            return null;
        }
        var value = new StringBuilder(pool.get(random.nextInt(pool.size())));
        for (int index = 0; index < value.length(); index++) {
            if (value.charAt(index) == '#') {
                value.setCharAt(index, (char) ('0' + random.nextInt(10)));
            }
        }
        return isGerman ? german(value.toString()) : value.toString();
    }

    private static String german(String value) {
        var euro = EURO.matcher(value);
        if (euro.matches()) {
            return euro.group(1).replace(',', '.') + "," + euro.group(2) + " €";
        }
        return THOUSANDS.matcher(value).matches() ? value.replace(',', '.') : value;
    }

    /** Keeps the grammar around a slot right: a capital at the beginning of a sentence, "an" before a vowel. */
    private void append(StringBuilder text, String value) {
        if (!isGerman && endsWithArticle(text) && "AEIOaeio".indexOf(value.charAt(0)) >= 0) {
            text.setCharAt(text.length() - 1, 'n');
            text.append(' ');
        }
        text.append(startsSentence(text) ? capitalised(value) : value);
    }

    private static boolean startsSentence(StringBuilder text) {
        int length = text.length();
        return length == 0
                || text.charAt(length - 1) == '\n'
                || (length > 1 && text.charAt(length - 1) == ' ' && ".!?".indexOf(text.charAt(length - 2)) >= 0);
    }

    private static boolean endsWithArticle(StringBuilder text) {
        int length = text.length();
        return length >= 2
                && text.charAt(length - 1) == ' '
                && Character.toLowerCase(text.charAt(length - 2)) == 'a'
                && (length == 2 || !Character.isLetterOrDigit(text.charAt(length - 3)));
    }

    static String capitalised(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private DateTimeFormatter dateFormat() {
        return isGerman
                ? DateTimeFormatter.ofPattern("d. MMMM", Locale.GERMAN)
                : DateTimeFormatter.ofPattern("EEEE d MMMM", Locale.ENGLISH);
    }
}
