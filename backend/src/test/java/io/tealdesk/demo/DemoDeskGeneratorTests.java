package io.tealdesk.demo;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.tealdesk.demo.DemoDesk.DemoEvent;
import io.tealdesk.demo.DemoDesk.DemoMessage;
import io.tealdesk.demo.DemoDesk.DemoTicket;
import io.tealdesk.tickets.TicketEventKind;
import io.tealdesk.tickets.TicketPriority;
import io.tealdesk.tickets.TicketStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoDeskGeneratorTests {

    private static final Instant NOW = Instant.parse("2026-11-24T13:20:00Z");
    private static final DemoContent CONTENT = DemoContentReader.read();
    private static final DemoDesk DESK = new DemoDeskGenerator(CONTENT, NOW, 7).generate();

    @Test
    void keepsThePromisedFigures() {
        assertThat(DESK.teams()).hasSize(3);
        assertThat(DESK.organisations()).hasSize(8);
        assertThat(DESK.people().stream().collect(groupingBy(DemoDesk.PersonRow::role, counting())))
                .containsEntry("ADMINISTRATOR", 1L)
                .containsEntry("AGENT", 10L)
                .containsEntry("CUSTOMER", 40L);
        assertThat(DESK.tickets()).hasSize(600);
    }

    @Test
    void tellsMostTicketsToTheEnd() {
        var byStatus = DESK.tickets().stream().collect(groupingBy(DemoTicket::status, counting()));

        assertThat(byStatus).hasSize(7);
        assertThat(byStatus.get(TicketStatus.CLOSED)).isGreaterThan(200);
        assertThat(underWay()).hasSizeBetween(80, 100);
        assertThat(underWay()).filteredOn(ticket -> ticket.assigneeId() == null).hasSizeGreaterThan(10);
        assertThat(underWay()).filteredOn(this::isOverdue).hasSizeBetween(5, 40);
        assertThat(underWay())
                .filteredOn(ticket -> ticket.priority() == TicketPriority.CRITICAL)
                .isNotEmpty();
    }

    @Test
    void spreadsTheWorkOverEverybody() {
        var tickets = DESK.tickets();
        var requesters = tickets.stream().map(DemoTicket::requesterId).collect(Collectors.toSet());
        var assignees = tickets.stream()
                .map(DemoTicket::assigneeId)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());

        assertThat(requesters).hasSize(40);
        assertThat(assignees).hasSize(10);
        assertThat(tickets.stream().map(DemoTicket::teamId).collect(Collectors.toSet()))
                .hasSize(3);
    }

    @Test
    void tellsEveryScenarioAndNoSubjectTwice() {
        assertThat(CONTENT.scenarios()).hasSizeGreaterThanOrEqualTo(80);
        assertThat(DESK.tickets().stream().map(DemoTicket::scenario).collect(Collectors.toSet()))
                .hasSameSizeAs(CONTENT.scenarios());
        assertThat(DESK.tickets()).extracting(DemoTicket::subject).doesNotHaveDuplicates();
    }

    @Test
    void leavesNoSlotUnfilled() {
        var texts = DESK.tickets().stream()
                .flatMap(ticket -> Stream.concat(
                        Stream.of(ticket.subject()),
                        ticket.messages().stream()
                                .flatMap(message -> Stream.concat(
                                        Stream.of(message.markdown()),
                                        message.attachments().stream().map(DemoDesk.DemoAttachment::fileName)))));

        assertThat(texts.filter(text -> Wording.SLOT.matcher(text).find())).isEmpty();
    }

    @Test
    void fitsTheColumns() {
        for (var ticket : DESK.tickets()) {
            assertThat(ticket.subject()).hasSizeBetween(1, 255);
            assertThat(ticket.tags()).isSorted().doesNotHaveDuplicates();
            assertThat(ticket.messages()).hasSizeBetween(1, 14);
        }
    }

    @Test
    void historiesLeadToTheState() {
        for (var ticket : DESK.tickets()) {
            var state = new EnumMap<TicketEventKind, @Nullable String>(TicketEventKind.class);
            state.put(TicketEventKind.STATUS, "OPEN");
            state.put(TicketEventKind.PRIORITY, "MEDIUM");
            state.put(TicketEventKind.TEAM, defaultTeam().toString());
            for (DemoEvent event : ticket.events().subList(1, ticket.events().size())) {
                if (event.kind() != TicketEventKind.SUBJECT) {
                    assertThat(event.from()).isEqualTo(state.get(event.kind()));
                }
                assertThat(event.to()).isNotEqualTo(event.from());
                state.put(event.kind(), event.to());
            }
            assertThat(ticket.events().getFirst().kind()).isEqualTo(TicketEventKind.OPENED);
            assertThat(state.get(TicketEventKind.STATUS))
                    .isEqualTo(ticket.status().name());
            assertThat(state.get(TicketEventKind.PRIORITY))
                    .isEqualTo(ticket.priority().name());
            assertThat(state.get(TicketEventKind.TEAM))
                    .isEqualTo(ticket.teamId().toString());
            assertThat(state.get(TicketEventKind.ASSIGNEE)).isEqualTo(text(ticket.assigneeId()));
            assertThat(state.get(TicketEventKind.DUE_DATE)).isEqualTo(text(ticket.dueAt()));
            assertThat(state.getOrDefault(TicketEventKind.TAGS, "")).isEqualTo(String.join(",", ticket.tags()));
            assertThat(state.getOrDefault(TicketEventKind.SUBJECT, ticket.subject()))
                    .isEqualTo(ticket.subject());
        }
    }

    @Test
    void onlyAgentsOfTheTeamAnswer() {
        var teams =
                DESK.people().stream().collect(Collectors.toMap(DemoDesk.PersonRow::id, DemoDesk.PersonRow::teamIds));
        for (var ticket : DESK.tickets()) {
            for (var message : ticket.messages()) {
                if (message.isFromRequester()) {
                    assertThat(message.authorId()).isEqualTo(ticket.requesterId());
                } else {
                    assertThat(teams.get(message.authorId())).contains(ticket.teamId());
                }
            }
        }
    }

    @Test
    void timesAreInOrderAndInThePast() {
        assertThat(DESK.tickets()).isSortedAccordingTo(Comparator.comparing(DemoTicket::createdAt));
        for (var ticket : DESK.tickets()) {
            assertThat(ticket.events()).isSortedAccordingTo(Comparator.comparing(DemoEvent::occurredAt));
            assertThat(ticket.messages()).isSortedAccordingTo(Comparator.comparing(DemoMessage::createdAt));
            assertThat(ticket.createdAt())
                    .isEqualTo(ticket.messages().getFirst().createdAt())
                    .isAfter(NOW.minus(Duration.ofDays(91)));
            assertThat(ticket.updatedAt()).isBeforeOrEqualTo(NOW);
            assertThat(ticket.updatedAt()).isEqualTo(latest(ticket));
            assertThat(ticket.resolvedAt() != null).isEqualTo(ticket.status().isDone());
            assertThat(ticket.firstRepliedAt())
                    .isEqualTo(ticket.messages().stream()
                            .filter(message -> !message.isFromRequester() && !message.isInternal())
                            .map(DemoMessage::createdAt)
                            .findFirst()
                            .orElse(null));
        }
    }

    @Test
    void onlyInventedAddressesAreUsed() {
        var addresses = Pattern.compile("(?:https?://|@)([a-z0-9-]+(?:\\.[a-z0-9-]+)+)");
        var found = new HashSet<String>();
        DESK.people()
                .forEach(person ->
                        found.add(person.email().substring(person.email().indexOf('@') + 1)));
        DESK.tickets().stream()
                .flatMap(ticket -> ticket.messages().stream())
                .forEach(message ->
                        addresses.matcher(message.markdown()).results().forEach(match -> found.add(match.group(1))));

        assertThat(found).isNotEmpty().allMatch(domain -> domain.endsWith(".example") || domain.equals("example.com"));
    }

    @Test
    void tellsTheSameForTheSameSeed() {
        assertThat(new DemoDeskGenerator(CONTENT, NOW, 7).generate()).isEqualTo(DESK);
    }

    /** A Sunday night, New Year's morning, the night of a clock change: the demo must come up whenever it is started. */
    @ParameterizedTest
    @ValueSource(
            strings = {"2026-11-22T23:59:59Z", "2027-01-01T06:00:00Z", "2027-03-28T01:00:00Z", "2028-02-29T12:00:00Z"})
    void comesUpAtAnyMoment(Instant now) {
        var tickets = new DemoDeskGenerator(CONTENT, now, 7).generate().tickets();

        assertThat(tickets).hasSize(600).allMatch(ticket -> !ticket.updatedAt().isAfter(now));
    }

    private List<DemoTicket> underWay() {
        return DESK.tickets().stream()
                .filter(ticket -> !ticket.status().isDone())
                .toList();
    }

    private boolean isOverdue(DemoTicket ticket) {
        return ticket.dueAt() != null && ticket.dueAt().isBefore(NOW);
    }

    private static Instant latest(DemoTicket ticket) {
        return Stream.concat(
                        ticket.events().stream().map(DemoEvent::occurredAt),
                        ticket.messages().stream().map(DemoMessage::createdAt))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static UUID defaultTeam() {
        return DESK.teams().stream()
                .filter(DemoDesk.TeamRow::isDefault)
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
