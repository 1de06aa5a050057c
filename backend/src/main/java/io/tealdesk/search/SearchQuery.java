package io.tealdesk.search;

import io.tealdesk.tickets.Lane;
import io.tealdesk.tickets.TicketStatus;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What somebody looks for: all of these, except what is excluded. Made by {@link SearchQueryParser}. */
record SearchQuery(List<Term> terms) {

    sealed interface Term {

        boolean isExcluded();
    }

    /** One word, in any of its forms. */
    record Word(String text, boolean isExcluded) implements Text {}

    /** Words that stand beside each other as they are written here. */
    record Phrase(String text, boolean isExcluded) implements Text {}

    /** What begins like this; of several words the last one. */
    record Prefix(String text, boolean isExcluded) implements Text {}

    sealed interface Text extends Term {

        String text();
    }

    /** A ticket of that number. {@code 10482} may also be a word, {@code #10482} may not. */
    record TicketNumber(long number, boolean isOnlyNumber, boolean isExcluded) implements Term {}

    /** The requester: a name or part of it, an address, or {@code me}. */
    record From(String person, boolean isExcluded) implements Term {}

    /** The assignee: a name or part of it, an address, {@code me} or {@code none}. */
    record To(String person, boolean isExcluded) implements Term {}

    record Tag(String tag, boolean isExcluded) implements Term {}

    /** Any of these statuses or lanes. */
    record Status(Set<TicketStatus> statuses, Set<Lane> lanes, boolean isExcluded) implements Term {}

    /** A team by its name or the beginning of it. */
    record Team(String name, boolean isExcluded) implements Term {}

    /** Asked before this. */
    record Before(Instant instant, boolean isExcluded) implements Term {}

    /** Asked then or later. */
    record After(Instant instant, boolean isExcluded) implements Term {}

    record HasAttachment(boolean isExcluded) implements Term {}

    <T extends Term> Stream<T> all(Class<T> kind) {
        return terms.stream().filter(kind::isInstance).map(kind::cast);
    }
}
