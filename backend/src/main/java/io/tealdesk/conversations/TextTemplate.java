package io.tealdesk.conversations;

import io.tealdesk.shared.Problem;
import io.tealdesk.tickets.TicketView;
import java.util.Arrays;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A Markdown text with variables: {@code {{requester.firstName}}}, or {@code {{requester.firstName|there}}} with what to
 * say where there is no value. This is the only place that fills them in, so what is shown beforehand is what is sent.
 * A value is text: it is not looked into for further variables, and what Markdown would read as more is escaped.
 */
public final class TextTemplate {

    public static final int LENGTH_MAX = 5_000;

    /** With the longest values the message still has a size that can be sent. */
    private static final int VARIABLES_MAX = 50;

    private static final Pattern PLACE = Pattern.compile("\\{\\{\\s*([^{}|\\s]*)\\s*(?:\\|([^{}]*))?}}");
    /** What may stand before a value that Markdown still takes for the beginning of a line. */
    private static final Pattern BLOCK_START = Pattern.compile("[\\s>*+#0-9.)-]*");

    private static final Pattern INLINE =
            Pattern.compile("[\\\\`*\\[\\]<|~]|(?<![\\p{L}\\p{N}])_|_(?![\\p{L}\\p{N}])|&(?=#|\\p{Alnum}+;)");
    private static final Pattern BLOCK = Pattern.compile("^(?:[#>+=-]|([0-9]{1,9})(?=[.)]))");
    private static final Pattern BREAKS = Pattern.compile("[\\p{Cntrl}\\p{Zl}\\p{Zp}]+");

    private TextTemplate() {}

    /** Refuses what could not be filled in. */
    public static void check(String field, String text) {
        var place = PLACE.matcher(text);
        int count = 0;
        for (int at = text.indexOf("{{"); at >= 0; at = text.indexOf("{{", place.end())) {
            if (!place.region(at, text.length()).lookingAt() || Variable.named(place.group(1)) == null) {
                throw Problem.invalidField(
                        field, "UnknownVariable", "holds a variable that is none of " + Variable.allWritten());
            }
            if (++count > VARIABLES_MAX) {
                throw Problem.invalidField(field, "TooMany", "holds more than " + VARIABLES_MAX + " variables");
            }
        }
    }

    public static String rendered(String text, Values values) {
        return PLACE.matcher(text).replaceAll(place -> {
            var variable = Variable.named(place.group(1));
            var value = variable == null ? null : variable.of(values);
            if (value != null) {
                return Matcher.quoteReplacement(escaped(value, startsBlock(text.substring(0, place.start()))));
            }
            var otherwise = place.group(2);
            return otherwise == null ? "" : Matcher.quoteReplacement(otherwise.strip());
        });
    }

    private static boolean startsBlock(String before) {
        return BLOCK_START
                .matcher(before.substring(before.lastIndexOf('\n') + 1))
                .matches();
    }

    private static String escaped(String value, boolean startsBlock) {
        var line = BREAKS.matcher(value).replaceAll(" ").strip();
        var text = INLINE.matcher(line).replaceAll("\\\\$0");
        if (!startsBlock) {
            return text;
        }
        return BLOCK.matcher(text)
                .replaceFirst(start -> start.group(1) == null ? "\\\\\\" + start.group() : start.group(1) + "\\\\");
    }

    /** What a text can speak of; null is what is not known. */
    public record Values(
            String requesterName,
            long ticketNumber,
            String subject,
            @Nullable String organisationName,
            String agentName) {

        public static Values of(TicketView ticket, String agentName) {
            var organisation = ticket.requester().organisation();
            return new Values(
                    ticket.requester().name(),
                    ticket.number(),
                    ticket.subject(),
                    organisation == null ? null : organisation.name(),
                    agentName);
        }
    }

    private enum Variable {
        REQUESTER_FIRST_NAME("requester.firstName"),
        REQUESTER_NAME("requester.name"),
        TICKET_NUMBER("ticket.number"),
        TICKET_SUBJECT("ticket.subject"),
        AGENT_NAME("agent.name"),
        AGENT_FIRST_NAME("agent.firstName"),
        ORGANISATION_NAME("organisation.name");

        private static final Pattern WORD = Pattern.compile("\\S+");

        private final String wireName;

        Variable(String wireName) {
            this.wireName = wireName;
        }

        static @Nullable Variable named(String name) {
            return Arrays.stream(values())
                    .filter(variable -> variable.wireName.equals(name))
                    .findFirst()
                    .orElse(null);
        }

        static String allWritten() {
            return Arrays.stream(values())
                    .map(variable -> "{{" + variable.wireName + "}}")
                    .collect(Collectors.joining(", "));
        }

        @Nullable String of(Values values) {
            return switch (this) {
                case REQUESTER_FIRST_NAME -> firstName(values.requesterName);
                case REQUESTER_NAME -> name(values.requesterName);
                case TICKET_NUMBER -> String.valueOf(values.ticketNumber);
                case TICKET_SUBJECT -> values.subject;
                case AGENT_NAME -> values.agentName;
                case AGENT_FIRST_NAME -> firstName(values.agentName);
                case ORGANISATION_NAME -> values.organisationName;
            };
        }

        /** Whoever came by mail alone may have nothing but an address, which is no way to greet anybody. */
        private static @Nullable String name(String name) {
            return name.isBlank() || name.contains("@") ? null : name.strip();
        }

        /** “Dr. Anna Bauer” and “Bauer, Anna” are both called Anna. */
        private static @Nullable String firstName(String fullName) {
            var name = name(fullName);
            if (name == null) {
                return null;
            }
            int comma = name.indexOf(", ");
            var words = WORD.matcher(name.substring(comma < 0 ? 0 : comma + 2))
                    .results()
                    .map(MatchResult::group)
                    .toList();
            return words.stream().filter(word -> !isTitle(word)).findFirst().orElseGet(words::getLast);
        }

        private static boolean isTitle(String word) {
            return word.endsWith(".") && word.length() > 2;
        }
    }
}
