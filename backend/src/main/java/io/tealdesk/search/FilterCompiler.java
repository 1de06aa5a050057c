package io.tealdesk.search;

import io.tealdesk.identity.Viewer;
import io.tealdesk.search.FilterCondition.Bound;
import io.tealdesk.search.FilterExpression.All;
import io.tealdesk.search.FilterExpression.Any;
import io.tealdesk.search.FilterExpression.Term;
import io.tealdesk.shared.Problem;
import io.tealdesk.shared.Sql;
import io.tealdesk.tickets.Lane;
import io.tealdesk.tickets.TicketPriority;
import io.tealdesk.tickets.TicketScope;
import io.tealdesk.tickets.TicketStatus;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes SQL of a filter, for one viewer at one moment. The SQL itself is made of constants and of names of enums only;
 * values are bound, under names that begin with the prefix.
 */
final class FilterCompiler {

    private static final String FACETS = "ticket_facets(t.status, t.priority, t.team_id, t.assignee_id,"
            + " t.organisation_id, t.requester_id, t.last_message_by, t.tags)";
    private static final Set<TicketStatus> ACTIVE = Arrays.stream(TicketStatus.values())
            .filter(status -> !status.isDone())
            .collect(Collectors.toUnmodifiableSet());
    private static final UUID NOBODY = new UUID(0, 0);
    private static final String NONE = "none";

    private final Viewer viewer;
    private final FilterInstants instants;
    private final BooleanSupplier isIndexComplete;
    private final String prefix;
    private final Map<String, Object> parameters = new HashMap<>();
    private final List<Bound> bounds = new ArrayList<>();
    private final EnumSet<TicketStatus> statuses = EnumSet.allOf(TicketStatus.class);
    private @Nullable Set<UUID> teams;
    private boolean isOfOne;
    private boolean isOfFacets = true;
    private boolean readsWords;
    private @Nullable String holding;
    private final Set<Term> always = new HashSet<>();
    private boolean isOfTeams = true;

    private FilterCompiler(Viewer viewer, FilterInstants instants, BooleanSupplier isIndexComplete, String prefix) {
        this.viewer = viewer;
        this.instants = instants;
        this.isIndexComplete = isIndexComplete;
        this.prefix = prefix;
    }

    /** @param isIndexComplete see {@link SearchFill#isComplete()}; asked only where the filter has words */
    static FilterCondition compiled(
            FilterExpression filter, Viewer viewer, FilterInstants instants, BooleanSupplier isIndexComplete) {
        return compiled(filter, viewer, instants, isIndexComplete, "f");
    }

    /** @param prefix of the names of parameters, so that one statement may hold several filters */
    static FilterCondition compiled(
            FilterExpression filter,
            Viewer viewer,
            FilterInstants instants,
            BooleanSupplier isIndexComplete,
            String prefix) {
        return new FilterCompiler(viewer, instants, isIndexComplete, prefix).condition(filter);
    }

    private FilterCondition condition(FilterExpression filter) {
        var scope = TicketScope.of(viewer);
        parameters.putAll(scope.parameters());
        var scoped = new Part(
                scope.condition(),
                viewer.isAdministrator()
                        ? null
                        : facets("&&", viewer.teamIds().stream().map(id -> "=t:" + id)),
                Reach.TEAMS);
        if (!viewer.isAdministrator()) {
            teams = viewer.teamIds();
        }
        note(filter);
        var asked = part(filter);
        var part = all(List.of(asked.reach == Reach.TEAMS ? scoped.ungathered() : scoped, asked));
        return new FilterCondition(
                part.row,
                part.besideRow,
                part.gather != null,
                ACTIVE.containsAll(statuses),
                isOfOne,
                isOfFacets,
                readsWords,
                holding,
                isOfTeams,
                Collections.unmodifiableSet(statuses),
                teams,
                List.copyOf(bounds),
                Map.copyOf(parameters));
    }

    /** What is said of every ticket that passes: terms at the top, not those within an "any". */
    private void note(FilterExpression filter) {
        switch (filter) {
            case All all -> all.parts().forEach(this::note);
            case Any any -> {
                if (any.parts().size() == 1) {
                    note(any.parts().getFirst());
                } else {
                    isOfFacets = false;
                    isOfTeams = false;
                }
            }
            case Term term -> note(term);
        }
    }

    private void note(Term term) {
        isOfTeams &= term.property() == FilterProperty.TEAM;
        switch (term.property()) {
            case STATUS -> statuses.retainAll(chosen(term, TicketStatus.class));
            case LANE -> statuses.retainAll(statuses(chosen(term, Lane.class), true));
            case TEAM -> {
                if (term.operator() == FilterOperator.IN) {
                    narrow(ids(term, "mine", viewer.teamIds()));
                }
            }
            case OVERDUE -> {
                isOfFacets = false;
                if (bool(term)) {
                    statuses.retainAll(ACTIVE);
                    bounds.add(new Bound(
                            FilterProperty.DUE,
                            FilterOperator.BEFORE,
                            instants.now(),
                            "< " + bound(timestamp(instants.now()))));
                }
            }
            case SNOOZED -> {
                isOfFacets = false;
                if (bool(term)) {
                    statuses.retainAll(ACTIVE);
                }
            }
            case SNOOZED_UNTIL, SLA_DUE -> {
                isOfFacets = false;
                statuses.retainAll(ACTIVE);
            }
            case SUBJECT -> isOfFacets = false;
            case TEXT -> {
                isOfFacets = false;
                always.add(term);
            }
            case CREATED, UPDATED, LAST_MESSAGE, RESOLVED, FIRST_REPLIED, DUE -> {
                isOfFacets = false;
                if (term.operator() == FilterOperator.BEFORE || term.operator() == FilterOperator.AFTER) {
                    bounds.add(new Bound(term.property(), term.operator(), instant(term), comparison(term)));
                }
            }
            case REQUESTER, ORGANISATION ->
                isOfOne |= term.operator() == FilterOperator.IN
                        && term.values().size() == 1
                        && !term.values().getFirst().equals(NONE);
            default -> {}
        }
    }

    private void narrow(Set<UUID> some) {
        var narrowed = new LinkedHashSet<>(some);
        if (teams != null) {
            narrowed.retainAll(teams);
        }
        teams = narrowed;
    }

    private Part part(FilterExpression filter) {
        return switch (filter) {
            case All all -> all(all.parts().stream().map(this::part).toList());
            case Any any -> any(any.parts().stream().map(this::part).toList());
            case Term term -> part(term);
        };
    }

    /** Where one owner's are asked for, a list of a tenth of the desk would take longer to read than they do. */
    private static Part all(List<Part> parts) {
        if (parts.isEmpty()) {
            return new Part("true", null);
        }
        var reaches = parts.stream().map(Part::reach).collect(Collectors.toSet());
        var gathering = parts.stream()
                .filter(part -> !reaches.contains(Reach.ONE_OWNER) || !part.reach.isWide())
                .toList();
        var gathers =
                gathering.stream().map(Part::gather).filter(Objects::nonNull).toList();
        var besideRow = gathering.stream()
                .map(Part::besideRow)
                .filter(condition -> !condition.equals("true"))
                .toList();
        return new Part(
                joined(parts.stream().map(Part::row).toList(), " and "),
                gathers.isEmpty() ? null : joined(gathers, " and "),
                besideRow.isEmpty() ? "true" : joined(besideRow, " and "),
                reaches.stream().min(Comparator.naturalOrder()).orElseThrow());
    }

    private static Part any(List<Part> parts) {
        if (parts.isEmpty()) {
            return new Part("false", "false");
        }
        var gathers = parts.stream().map(Part::gather).filter(Objects::nonNull).toList();
        return new Part(
                joined(parts.stream().map(Part::row).toList(), " or "),
                gathers.size() < parts.size() ? null : joined(gathers, " or "),
                parts.stream().map(Part::reach).max(Comparator.naturalOrder()).orElseThrow());
    }

    private static String joined(List<String> conditions, String conjunction) {
        return conditions.size() == 1
                ? conditions.getFirst()
                : conditions.stream().collect(Collectors.joining(conjunction, "(", ")"));
    }

    private Part part(Term term) {
        return switch (term.property()) {
            case STATUS -> status(chosen(term, TicketStatus.class));
            case LANE -> lane(chosen(term, Lane.class));
            case PRIORITY ->
                closedSet("t.priority", "=p:", chosen(term, TicketPriority.class), EnumSet.allOf(TicketPriority.class))
                        .of(Reach.WIDE);
            case LAST_MESSAGE_BY ->
                closedSet(
                                "t.last_message_by",
                                "=b:",
                                chosen(term, TicketRow.Speaker.class),
                                EnumSet.allOf(TicketRow.Speaker.class))
                        .of(Reach.WIDE);
            case TEAM -> oneOf(term, "=t:", "mine", viewer.teamIds()).of(Reach.TEAMS);
            case ASSIGNEE -> oneOf(term, "=a:", "me", Set.of(viewer.personId()));
            case REQUESTER -> oneOf(term, "=r:", null, Set.of());
            case ORGANISATION -> oneOf(term, "=o:", null, Set.of());
            case TAG -> tag(term);
            case CREATED, UPDATED, LAST_MESSAGE, RESOLVED, FIRST_REPLIED, DUE -> date(term);
            case OVERDUE -> overdue(term);
            case SNOOZED ->
                bool(term)
                        ? new Part(FilterCondition.SNOOZED, "t.snoozed_at is not null")
                        : new Part("not " + FilterCondition.SNOOZED, null);
            case SNOOZED_UNTIL -> {
                var until = date(term).row();
                yield new Part(
                        "(%s and %s)".formatted(FilterCondition.SNOOZED, until),
                        "(t.snoozed_at is not null and %s)".formatted(until));
            }
            case SLA_DUE -> slaDue(term);
            case SUBJECT -> {
                var condition = "to_tsvector('simple', t.subject) @@ websearch_to_tsquery('simple', %s)"
                        .formatted(bound(words(term)));
                yield new Part(condition, condition);
            }
            case TEXT -> text(term);
        };
    }

    private <E extends Enum<E>> Part closedSet(String column, String mark, Set<E> chosen, Set<E> all) {
        if (chosen.isEmpty()) {
            return new Part("false", "false");
        }
        if (chosen.size() == all.size()) {
            return new Part("true", null);
        }
        // In the order of the enum: the planner must know the set of an index again.
        var names = all.stream().filter(chosen::contains).map(Enum::name).toList();
        return new Part(
                names.stream().collect(Collectors.joining("', '", column + " in ('", "')")),
                facets("&&", names.stream().map(name -> mark + name)));
    }

    private Part status(EnumSet<TicketStatus> statuses) {
        return closedSet("t.status", "=s:", statuses, EnumSet.allOf(TicketStatus.class));
    }

    /**
     * The statuses of the lanes, and what snoozing moves from one to the other: few of them all, so that the statuses
     * still say where to look, and an index of their own has the few that they do not.
     */
    private Part lane(EnumSet<Lane> lanes) {
        var statuses = status(statuses(lanes, false));
        if (lanes.contains(Lane.TO_DO) == lanes.contains(Lane.WAITING)) {
            return statuses;
        }
        var isToDo = status(statuses(EnumSet.of(Lane.TO_DO), false)).row();
        return lanes.contains(Lane.TO_DO)
                ? new Part(
                        lanes.size() == 1
                                ? "(%s and t.snoozed_at is null)".formatted(statuses.row())
                                : "(%s and not (%s and t.snoozed_at is not null))".formatted(statuses.row(), isToDo),
                        statuses.gather())
                : new Part(
                        "(%s or (%s and t.snoozed_at is not null))".formatted(statuses.row(), isToDo),
                        "(%s or t.snoozed_at is not null)".formatted(statuses.gather()));
    }

    /** @param withSnoozed also the statuses that tickets have which are in one of the lanes only because they are snoozed */
    private static EnumSet<TicketStatus> statuses(EnumSet<Lane> lanes, boolean withSnoozed) {
        var statuses = EnumSet.noneOf(TicketStatus.class);
        lanes.forEach(lane -> statuses.addAll(lane.statuses()));
        if (withSnoozed && lanes.contains(Lane.WAITING)) {
            statuses.addAll(Lane.TO_DO.statuses());
        }
        return statuses;
    }

    private static <E extends Enum<E>> EnumSet<E> chosen(Term term, Class<E> type) {
        var chosen = EnumSet.noneOf(type);
        for (int i = 0; i < term.values().size(); i++) {
            try {
                chosen.add(Enum.valueOf(type, term.values().get(i)));
            } catch (IllegalArgumentException e) {
                throw problem(
                        term,
                        i,
                        "must be one of "
                                + EnumSet.allOf(type).stream().map(Enum::name).collect(Collectors.joining(", ")));
            }
        }
        return term.operator() == FilterOperator.NOT_IN ? EnumSet.complementOf(chosen) : chosen;
    }

    /** @param alias a word that stands for the ids, null for none */
    private Part oneOf(Term term, String mark, @Nullable String alias, Set<UUID> aliased) {
        var column = term.property().column();
        var mayBeNone = mayBeNone(term);
        var ids = ids(term, alias, aliased);
        var none = mayBeNone && term.values().contains(NONE);
        var hasIds = !ids.isEmpty() || !none;
        if (ids.isEmpty()) {
            ids.add(NOBODY);
        }
        // One has an index that is in order for one; several are one parameter, so that there is one statement for all.
        var in = !hasIds
                ? "false"
                : ids.size() == 1
                        ? column + " = " + bound(ids.iterator().next())
                        : "%s = any(cast(%s as uuid[]))".formatted(column, bound(Sql.texts(ids)));
        if (term.operator() == FilterOperator.NOT_IN) {
            var notIn = hasIds ? "not " + in : "true";
            return new Part(
                    none
                            ? "(%s is not null and %s)".formatted(column, notIn)
                            : mayBeNone ? "(%s is null or %s)".formatted(column, notIn) : notIn,
                    null);
        }
        var keys = Stream.concat(
                hasIds ? ids.stream().map(id -> mark + id) : Stream.empty(),
                none ? Stream.of(mark + NONE) : Stream.empty());
        return new Part(
                none ? hasIds ? "(%s is null or %s)".formatted(column, in) : column + " is null" : in,
                facets("&&", keys),
                none ? Reach.OTHER : Reach.ONE_OWNER);
    }

    /** Those of the values that are not "none". */
    private static Set<UUID> ids(Term term, @Nullable String alias, Set<UUID> aliased) {
        var mayBeNone = mayBeNone(term);
        var ids = new LinkedHashSet<UUID>();
        for (int i = 0; i < term.values().size(); i++) {
            var value = term.values().get(i);
            if (value.equals(alias)) {
                ids.addAll(aliased);
            } else if (!mayBeNone || !value.equals(NONE)) {
                ids.add(id(term, i, alias, mayBeNone));
            }
        }
        return ids;
    }

    private static boolean mayBeNone(Term term) {
        return term.property() == FilterProperty.ASSIGNEE || term.property() == FilterProperty.ORGANISATION;
    }

    private static UUID id(Term term, int index, @Nullable String alias, boolean mayBeNone) {
        var value = term.values().get(index);
        try {
            // UUID reads shorter forms as well.
            if (value.length() == 36) {
                return UUID.fromString(value);
            }
        } catch (IllegalArgumentException e) {
            // Refused below.
        }
        var words = Stream.of(alias, mayBeNone ? NONE : null)
                .filter(Objects::nonNull)
                .map(word -> " or " + word)
                .collect(Collectors.joining());
        throw problem(term, index, "must be an id" + words);
    }

    private Part tag(Term term) {
        var column = term.property().column();
        if (term.operator() == FilterOperator.EMPTY) {
            return new Part(column + " = '{}'", facets("&&", Stream.of("=g:none")));
        }
        if (term.operator() == FilterOperator.NOT_EMPTY) {
            return new Part(column + " <> '{}'", null);
        }
        var tags = term.values().stream()
                .map(tag ->
                        Normalizer.normalize(tag, Normalizer.Form.NFC).strip().toLowerCase(Locale.ROOT))
                .toArray(String[]::new);
        var operator = term.operator() == FilterOperator.ALL_OF ? "@>" : "&&";
        var row = "%s %s cast(%s as text[])".formatted(column, operator, bound(tags));
        return term.operator() == FilterOperator.NOT_IN
                ? new Part("not (" + row + ")", null)
                : new Part(row, facets(operator, Arrays.stream(tags)));
    }

    private Part date(Term term) {
        var column = term.property().column();
        return switch (term.operator()) {
            case EMPTY -> new Part(column + " is null", null);
            case NOT_EMPTY -> new Part(column + " is not null", null);
            default -> {
                var condition = column + " " + comparison(term);
                yield new Part(condition, condition);
            }
        };
    }

    private String comparison(Term term) {
        return (term.operator() == FilterOperator.BEFORE ? "< " : ">= ") + bound(timestamp(instant(term)));
    }

    private Instant instant(Term term) {
        return instants.read(term.values().getFirst()).orElseThrow(() -> problem(term, 0, FilterInstants.ALLOWED));
    }

    /** By the ticket's number, row by row; and from an index of the clocks that are not over, which are few. */
    private Part slaDue(Term term) {
        var open = "c.state in ('RUNNING', 'PAUSED') and c.due_at " + comparison(term);
        return new Part(
                "(%s and exists (select from sla_clock c where c.ticket_number = t.number and %s))"
                        .formatted(FilterCondition.ACTIVE, open),
                "t.number = any(array(select c.ticket_number from sla_clock c where %s))".formatted(open));
    }

    private Part overdue(Term term) {
        var late = "t.due_at < " + bound(timestamp(instants.now()));
        return bool(term)
                ? new Part("(%s and %s)".formatted(late, FilterCondition.ACTIVE), late)
                : new Part("not (coalesce(%s, false) and %s)".formatted(late, FilterCondition.ACTIVE), null);
    }

    private static boolean bool(Term term) {
        return switch (term.values().getFirst()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw problem(term, 0, "must be true or false");
        };
    }

    private Part text(Term term) {
        readsWords = true;
        var words = words(term);
        var condition = TextCondition.of(words, prefix + parameters.size(), path(term, 0));
        parameters.putAll(condition.parameters());
        if (isIndexComplete.getAsBoolean()) {
            if (always.contains(term)) {
                holding = condition.numbers();
            }
            return new Part(condition.perRow(), condition.gathered());
        }
        // As releases before the index looked for words: an old ticket must not be out of sight while it is filled.
        var unindexed = """
                select s.number from ticket s
                where to_tsvector('simple', s.subject) @@ websearch_to_tsquery('simple', %1$s)
                union
                select m.ticket_number from message m
                where to_tsvector('simple', m.body_markdown) @@ websearch_to_tsquery('simple', %1$s)""".formatted(bound(words));
        return new Part(
                "(%s or t.number in (%s))".formatted(condition.perRow(), unindexed),
                TextCondition.anyOf(condition.numbers() + " union " + unindexed));
    }

    private static String words(Term term) {
        var words = term.values().getFirst().strip();
        if (words.isEmpty()) {
            throw problem(term, 0, "must hold a word");
        }
        return words;
    }

    private String facets(String operator, Stream<String> keys) {
        var array = keys.toArray(String[]::new);
        return "%s %s cast(%s as text[])".formatted(FACETS, operator, bound(array));
    }

    private static Object timestamp(Instant instant) {
        return Sql.timestamp(instant);
    }

    /** The name that the value is bound to. */
    private String bound(Object value) {
        var name = prefix + parameters.size();
        parameters.put(name, value);
        return ":" + name;
    }

    private static Problem problem(Term term, int index, String message) {
        return Problem.invalidField(path(term, index), "Malformed", message);
    }

    /** A parameter of its own is named as it stands; a term within a filter by its place there. */
    private static String path(Term term, int index) {
        return term.path().startsWith("filter") ? term.path() + ".values[" + index + "]" : term.path();
    }

    /** Of whom the tickets are that a part lets pass: of few first. */
    private enum Reach {
        /** An assignee's, a requester's, an organisation's: each of these has few. */
        ONE_OWNER,
        /** Some teams', which is more than the viewer's teams say. */
        TEAMS,
        OTHER,
        /** Whosever they are, many, as of a priority. */
        WIDE;

        boolean isWide() {
            return this == TEAMS || this == WIDE;
        }
    }

    /**
     * @param row says of one row whether it passes
     * @param gather a weaker condition that indexes answer, null where there is none
     * @param besideRow what {@code gather} says and {@code row} does not
     */
    private record Part(String row, @Nullable String gather, String besideRow, Reach reach) {

        Part(String row, @Nullable String gather) {
            this(row, gather, Reach.OTHER);
        }

        Part(String row, @Nullable String gather, Reach reach) {
            this(row, gather, gather == null || gather.equals(row) ? "true" : gather, reach);
        }

        Part of(Reach other) {
            return new Part(row, gather, besideRow, gather == null ? Reach.OTHER : other);
        }

        Part ungathered() {
            return new Part(row, null, reach);
        }
    }
}
