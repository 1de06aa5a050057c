package io.tealdesk.tickets;

import io.tealdesk.identity.Viewer;
import io.tealdesk.shared.EntityVersion;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** A ticket's properties, for staff. Each is a resource of its own that is put or deleted. */
@RestController
@RequestMapping("/api/v1/tickets/{number}")
@PreAuthorize("hasAnyRole('AGENT', 'ADMINISTRATOR')")
class TicketController {

    private final Tickets tickets;
    private final TicketViews views;

    TicketController(Tickets tickets, TicketViews views) {
        this.tickets = tickets;
        this.views = views;
    }

    @GetMapping
    ResponseEntity<TicketView> getTicket(@PathVariable long number, @AuthenticationPrincipal Viewer viewer) {
        return answer(tickets.get(number, viewer));
    }

    @GetMapping("/events")
    List<TicketEventView> listTicketEvents(@PathVariable long number, @AuthenticationPrincipal Viewer viewer) {
        return views.events(number, viewer);
    }

    @PutMapping("/status")
    ResponseEntity<TicketView> changeStatus(
            @PathVariable long number,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody @Valid ChangeStatusRequest request,
            @AuthenticationPrincipal Viewer viewer) {
        return answer(tickets.changeStatus(number, viewer, EntityVersion.required(ifMatch), request.status));
    }

    @PutMapping("/closure")
    ResponseEntity<TicketView> closeTicket(
            @PathVariable long number,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @AuthenticationPrincipal Viewer viewer) {
        return answer(tickets.close(number, viewer, EntityVersion.required(ifMatch)));
    }

    @DeleteMapping("/closure")
    ResponseEntity<TicketView> reopenTicket(
            @PathVariable long number,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @AuthenticationPrincipal Viewer viewer) {
        return answer(tickets.reopen(number, viewer, EntityVersion.required(ifMatch)));
    }

    @PutMapping("/assignment")
    ResponseEntity<TicketView> assignTicket(
            @PathVariable long number,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody @Valid AssignTicketRequest request,
            @AuthenticationPrincipal Viewer viewer) {
        return answer(tickets.assign(number, viewer, EntityVersion.required(ifMatch), request.assigneeId));
    }

    @DeleteMapping("/assignment")
    ResponseEntity<TicketView> unassignTicket(
            @PathVariable long number,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @AuthenticationPrincipal Viewer viewer) {
        return answer(tickets.assign(number, viewer, EntityVersion.required(ifMatch), null));
    }

    @PutMapping("/team")
    ResponseEntity<TicketView> changeTeam(
            @PathVariable long number,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody @Valid ChangeTeamRequest request,
            @AuthenticationPrincipal Viewer viewer) {
        return answer(tickets.moveTo(number, viewer, EntityVersion.required(ifMatch), request.teamId));
    }

    @PutMapping("/priority")
    ResponseEntity<TicketView> changePriority(
            @PathVariable long number,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody @Valid ChangePriorityRequest request,
            @AuthenticationPrincipal Viewer viewer) {
        return answer(tickets.changePriority(number, viewer, EntityVersion.required(ifMatch), request.priority));
    }

    @PutMapping("/tags")
    ResponseEntity<TicketView> changeTags(
            @PathVariable long number,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody @Valid ChangeTagsRequest request,
            @AuthenticationPrincipal Viewer viewer) {
        return answer(tickets.changeTags(number, viewer, EntityVersion.required(ifMatch), request.tags));
    }

    @PutMapping("/due-date")
    ResponseEntity<TicketView> changeDueDate(
            @PathVariable long number,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody @Valid ChangeDueDateRequest request,
            @AuthenticationPrincipal Viewer viewer) {
        return answer(tickets.changeDueDate(number, viewer, EntityVersion.required(ifMatch), request.dueAt));
    }

    @DeleteMapping("/due-date")
    ResponseEntity<TicketView> clearDueDate(
            @PathVariable long number,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @AuthenticationPrincipal Viewer viewer) {
        return answer(tickets.changeDueDate(number, viewer, EntityVersion.required(ifMatch), null));
    }

    @PutMapping("/subject")
    ResponseEntity<TicketView> changeSubject(
            @PathVariable long number,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody @Valid ChangeSubjectRequest request,
            @AuthenticationPrincipal Viewer viewer) {
        return answer(tickets.changeSubject(number, viewer, EntityVersion.required(ifMatch), request.subject));
    }

    @PutMapping("/snooze")
    ResponseEntity<TicketView> snoozeTicket(
            @PathVariable long number,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody @Valid SnoozeTicketRequest request,
            @AuthenticationPrincipal Viewer viewer) {
        return answer(tickets.snooze(number, viewer, EntityVersion.required(ifMatch), request.until));
    }

    @DeleteMapping("/snooze")
    ResponseEntity<TicketView> wakeTicket(
            @PathVariable long number,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @AuthenticationPrincipal Viewer viewer) {
        return answer(tickets.wake(number, viewer, EntityVersion.required(ifMatch)));
    }

    private static ResponseEntity<TicketView> answer(TicketView ticket) {
        return ResponseEntity.ok().eTag(EntityVersion.etag(ticket.version())).body(ticket);
    }

    record ChangeStatusRequest(@NotNull TicketStatus status) {}

    record AssignTicketRequest(@NotNull UUID assigneeId) {}

    record ChangeTeamRequest(@NotNull UUID teamId) {}

    record ChangePriorityRequest(@NotNull TicketPriority priority) {}

    record ChangeTagsRequest(
            @NotNull @Size(max = TicketTags.TAGS_MAX) List<@NotNull String> tags) {}

    record ChangeDueDateRequest(@NotNull Instant dueAt) {}

    /** @param until absent for until the customer answers */
    record SnoozeTicketRequest(@Nullable Instant until) {}

    record ChangeSubjectRequest(@NotBlank @Size(max = 255) String subject) {}
}
