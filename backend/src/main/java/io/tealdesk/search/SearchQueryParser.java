package io.tealdesk.search;

import io.tealdesk.search.SearchQuery.After;
import io.tealdesk.search.SearchQuery.Before;
import io.tealdesk.search.SearchQuery.From;
import io.tealdesk.search.SearchQuery.HasAttachment;
import io.tealdesk.search.SearchQuery.Phrase;
import io.tealdesk.search.SearchQuery.Prefix;
import io.tealdesk.search.SearchQuery.Status;
import io.tealdesk.search.SearchQuery.Tag;
import io.tealdesk.search.SearchQuery.Team;
import io.tealdesk.search.SearchQuery.Term;
import io.tealdesk.search.SearchQuery.Text;
import io.tealdesk.search.SearchQuery.TicketNumber;
import io.tealdesk.search.SearchQuery.To;
import io.tealdesk.search.SearchQuery.Word;
import io.tealdesk.shared.Problem;
import io.tealdesk.shared.WellFormedText;
import io.tealdesk.tickets.Lane;
import io.tealdesk.tickets.TicketStatus;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads what people type: {@code words "a phrase" begin* -not from:mira status:open #10482}. Whatever is typed is either
 * a query or a problem that says what to change; a quotation mark that nobody has closed yet is closed by the end.
 */
final class SearchQueryParser {

    static final int LENGTH_MAX = 300;
    static final int TERMS_MAX = 20;
    /** Shorter beginnings stand for half of all words. */
    static final int PREFIX_MIN = 3;

    static final String FIELD = "q";

    private static final Pattern TICKET_NUMBER = Pattern.compile("(#?)([0-9]{1,15})");
    private static final Pattern RELATIVE = Pattern.compile("-?([0-9]{1,4})([hdwmy])");
    private static final Pattern YEAR = Pattern.compile("[0-9]{4}");
    private static final Pattern MONTH = Pattern.compile("[0-9]{4}-[0-9]{2}");
    private static final int YEAR_MIN = 1970;
    private static final int YEAR_MAX = 2200;

    private final String input;
    private final String field;
    private final Instant now;
    private final List<Term> terms = new ArrayList<>();
    private int position;

    private SearchQueryParser(String input, String field, Instant now) {
        this.input = input;
        this.field = field;
        this.now = now;
    }

    static SearchQuery parse(String input, Instant now) {
        return new SearchQueryParser(input, FIELD, now).query(true);
    }

    /** For customers, to whom operators would tell what staff alone may know: what looks like one is a word. */
    static SearchQuery parseWithoutOperators(String input, Instant now) {
        return new SearchQueryParser(input, FIELD, now).query(false);
    }

    /**
     * The words alone, for a field beside others. Without any where it holds nothing but blanks and marks.
     *
     * @param field what a problem names
     */
    static SearchQuery words(String input, String field) {
        var parser = new SearchQueryParser(input, field, Instant.EPOCH);
        parser.read(false);
        parser.checkCount();
        return new SearchQuery(List.copyOf(parser.terms));
    }

    private SearchQuery query(boolean withOperators) {
        read(withOperators);
        if (terms.isEmpty()) {
            throw problem("Empty", "needs a word, a number or an operator such as from:name");
        }
        checkCount();
        if (terms.stream().allMatch(SearchQueryParser::isExcludedWord)) {
            throw problem("OnlyExcluded", "says what to leave out; add a word that must be there");
        }
        return new SearchQuery(List.copyOf(terms));
    }

    private void checkCount() {
        if (terms.size() > TERMS_MAX) {
            throw problem("TooMany", "must not have more than " + TERMS_MAX + " words and operators");
        }
    }

    private static boolean isExcludedWord(Term term) {
        return term.isExcluded() && (term instanceof Text || term instanceof TicketNumber);
    }

    private void read(boolean withOperators) {
        if (input.length() > LENGTH_MAX) {
            throw problem("Size", "must not be longer than " + LENGTH_MAX + " characters");
        }
        if (!WellFormedText.isWellFormed(input)) {
            throw problem("Malformed", "holds NUL or half of a surrogate pair");
        }
        while (true) {
            skipBlanks();
            if (position == input.length()) {
                return;
            }
            boolean isExcluded = input.charAt(position) == '-'
                    && position + 1 < input.length()
                    && !Character.isWhitespace(input.charAt(position + 1));
            if (isExcluded) {
                position++;
            }
            readTerm(isExcluded, withOperators);
        }
    }

    private void readTerm(boolean isExcluded, boolean withOperators) {
        if (isQuote(input.charAt(position))) {
            addPhrase(quoted(), isExcluded);
            return;
        }
        var operator = withOperators ? operator() : null;
        if (operator == null) {
            addWord(unquoted(), isExcluded);
            return;
        }
        position += operator.name().length() + 1;
        var isQuoted = position < input.length() && isQuote(input.charAt(position));
        var value = (isQuoted ? quoted() : unquoted()).strip();
        if (value.isEmpty()) {
            throw problem("NoValue", operator.word() + ": needs a value, such as " + operator.example);
        }
        terms.add(term(operator, value, isExcluded));
    }

    private void skipBlanks() {
        while (position < input.length() && isBlank(input.charAt(position))) {
            position++;
        }
    }

    private static boolean isBlank(char character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }

    private static boolean isQuote(char character) {
        return character == '"' || character == '“' || character == '”' || character == '„';
    }

    /** Between quotation marks; the place moves behind the closing one. */
    private String quoted() {
        int start = ++position;
        while (position < input.length() && !isQuote(input.charAt(position))) {
            position++;
        }
        var text = input.substring(start, position);
        if (position < input.length()) {
            position++;
        }
        return text;
    }

    private String unquoted() {
        int start = position;
        while (position < input.length() && !isBlank(input.charAt(position)) && !isQuote(input.charAt(position))) {
            position++;
        }
        return input.substring(start, position);
    }

    private @Nullable Operator operator() {
        return Arrays.stream(Operator.values())
                .filter(operator -> input.regionMatches(
                        true,
                        position,
                        operator.name() + ":",
                        0,
                        operator.name().length() + 1))
                .findFirst()
                .orElse(null);
    }

    private void addPhrase(String text, boolean isExcluded) {
        if (!SearchText.words(text).isEmpty()) {
            terms.add(new Phrase(text, isExcluded));
        }
    }

    private void addWord(String text, boolean isExcluded) {
        var number = TICKET_NUMBER.matcher(text);
        if (number.matches()) {
            terms.add(new TicketNumber(
                    Long.parseLong(number.group(2)), !number.group(1).isEmpty(), isExcluded));
            return;
        }
        var words = SearchText.words(text);
        if (words.isEmpty()) {
            return;
        }
        if (text.endsWith("*")) {
            var last = words.getLast();
            if (last.of(text).codePointCount(0, last.end() - last.start()) < PREFIX_MIN) {
                throw problem("ShortPrefix", "needs at least " + PREFIX_MIN + " letters before *");
            }
            terms.add(new Prefix(text, isExcluded));
        } else if (words.size() == 1) {
            terms.add(new Word(words.getFirst().of(text), isExcluded));
        } else {
            // An address, a file's name, a hyphen: its parts stand beside each other.
            terms.add(new Phrase(text, isExcluded));
        }
    }

    private Term term(Operator operator, String value, boolean isExcluded) {
        return switch (operator) {
            case FROM -> new From(value, isExcluded);
            case TO -> new To(value, isExcluded);
            case TAG -> new Tag(Normalizer.normalize(value, Normalizer.Form.NFC).toLowerCase(Locale.ROOT), isExcluded);
            case STATUS -> status(value, isExcluded);
            case TEAM -> new Team(value, isExcluded);
            case BEFORE -> new Before(instant(operator, value), isExcluded);
            case AFTER -> new After(instant(operator, value), isExcluded);
            case HAS -> {
                if (!value.toLowerCase(Locale.ROOT).matches("attachments?|files?")) {
                    throw problem("UnknownKind", "has: knows attachment");
                }
                yield new HasAttachment(isExcluded);
            }
        };
    }

    private Status status(String value, boolean isExcluded) {
        var statuses = EnumSet.noneOf(TicketStatus.class);
        var lanes = EnumSet.noneOf(Lane.class);
        for (var each : value.split(",", -1)) {
            var name = each.strip().toUpperCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
            var knownStatus = Arrays.stream(TicketStatus.values())
                    .filter(status -> status.name().equals(name))
                    .findFirst();
            var knownLane = Arrays.stream(Lane.values())
                    .filter(lane -> lane.name().replace("_", "").equals(name.replace("_", "")))
                    .findFirst();
            knownStatus.ifPresent(statuses::add);
            knownLane.ifPresent(lanes::add);
            if (knownStatus.isEmpty() && knownLane.isEmpty()) {
                throw problem("UnknownStatus", "status: knows " + String.join(", ", Operator.statusValues()));
            }
        }
        return new Status(statuses, lanes, isExcluded);
    }

    private Instant instant(Operator operator, String value) {
        var text = value.toLowerCase(Locale.ROOT);
        var relative = RELATIVE.matcher(text);
        try {
            if (relative.matches()) {
                return ago(
                        Integer.parseInt(relative.group(1)), relative.group(2).charAt(0));
            }
            var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
            var date = switch (text) {
                case "today" -> today;
                case "yesterday" -> today.minusDays(1);
                default ->
                    YEAR.matcher(text).matches()
                            ? LocalDate.of(Integer.parseInt(text), 1, 1)
                            : MONTH.matcher(text).matches()
                                    ? YearMonth.parse(text).atDay(1)
                                    : LocalDate.parse(text);
            };
            if (date.getYear() >= YEAR_MIN && date.getYear() <= YEAR_MAX) {
                return date.atStartOfDay().toInstant(ZoneOffset.UTC);
            }
        } catch (DateTimeException e) {
            // The problem below says what is wanted.
        }
        throw problem(
                "UnknownDay",
                operator.word()
                        + ": needs a day such as 2026-01-31, 2026-01, 2026, today, yesterday, 12h, 7d, 2w, 3m or 1y");
    }

    private Instant ago(int amount, char unit) {
        var today = now.atOffset(ZoneOffset.UTC);
        return switch (unit) {
            case 'h' -> now.minus(Duration.ofHours(amount));
            case 'd' -> now.minus(Duration.ofDays(amount));
            case 'w' -> now.minus(Duration.ofDays(7L * amount));
            case 'm' -> today.minusMonths(amount).toInstant();
            default -> today.minusYears(Math.min(amount, 500)).toInstant();
        };
    }

    private Problem problem(String code, String message) {
        return Problem.invalidField(field, code, message);
    }

    /** What may stand before a colon; anything else there is a word. */
    enum Operator {
        FROM("from:mira"),
        TO("to:me"),
        TAG("tag:refund"),
        STATUS("status:open"),
        TEAM("team:billing"),
        BEFORE("before:2026-01-31"),
        AFTER("after:7d"),
        HAS("has:attachment");

        private final String example;

        Operator(String example) {
            this.example = example;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static List<String> statusValues() {
            var values = Arrays.stream(TicketStatus.values())
                    .map(status -> status.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.toCollection(ArrayList::new));
            values.addAll(List.of("todo", "waiting", "done"));
            return values;
        }
    }
}
