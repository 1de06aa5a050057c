package io.tealdesk.conversations;

import io.tealdesk.conversations.ScheduledReplies.Written;
import io.tealdesk.identity.Viewer;
import io.tealdesk.shared.IdempotentRequests;
import io.tealdesk.tickets.TicketStatus;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Replies that go out later: in a moment, in which they can be taken back, or at a time that was chosen. */
@RestController
@PreAuthorize("hasAnyRole('AGENT', 'ADMINISTRATOR')")
class ScheduledReplyController {

    private final ScheduledReplies replies;
    private final IdempotentRequests idempotentRequests;

    ScheduledReplyController(ScheduledReplies replies, IdempotentRequests idempotentRequests) {
        this.replies = replies;
        this.idempotentRequests = idempotentRequests;
    }

    @GetMapping("/api/v1/scheduled-replies")
    List<ScheduledReply> listMyScheduledReplies(@AuthenticationPrincipal Viewer viewer) {
        return replies.listOwn(viewer);
    }

    @GetMapping("/api/v1/tickets/{number}/scheduled-replies")
    List<ScheduledReply> listScheduledReplies(@PathVariable long number, @AuthenticationPrincipal Viewer viewer) {
        return replies.listOf(number, viewer);
    }

    /** @param draft the version of the draft that this was written as, which ends with it */
    @PostMapping("/api/v1/tickets/{number}/scheduled-replies")
    @ResponseStatus(HttpStatus.CREATED)
    ScheduledReply scheduleReply(
            @PathVariable long number,
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key,
            @RequestParam(required = false) @PositiveOrZero @Nullable Long draft,
            @RequestBody @Valid ScheduleReplyRequest request,
            @AuthenticationPrincipal Viewer viewer) {
        return idempotentRequests.once(
                viewer.personId(),
                key,
                "POST /api/v1/tickets/" + number + "/scheduled-replies",
                request,
                ScheduledReply.class,
                () -> replies.add(number, viewer, request.written(), request.sendAt, draft));
    }

    /** Takes it back, with what it says; cancelling and editing are this. */
    @PutMapping("/api/v1/scheduled-replies/{id}/withdrawal")
    ScheduledReply withdrawScheduledReply(@PathVariable UUID id, @AuthenticationPrincipal Viewer viewer) {
        return replies.withdraw(id, viewer);
    }

    @DeleteMapping("/api/v1/scheduled-replies/{id}/withdrawal")
    ScheduledReply restoreScheduledReply(@PathVariable UUID id, @AuthenticationPrincipal Viewer viewer) {
        return replies.restore(id, viewer);
    }

    @PutMapping("/api/v1/scheduled-replies/{id}/time")
    ScheduledReply changeScheduledReplyTime(
            @PathVariable UUID id,
            @RequestBody @Valid ChangeTimeRequest request,
            @AuthenticationPrincipal Viewer viewer) {
        return replies.changeTime(
                id, viewer, request.sendAt, request.lastSeenMessageId, Boolean.TRUE.equals(request.sendAnyway));
    }

    /**
     * @param sendAt absent for in a moment: as long as the author's own settings let it be taken back
     * @param sendAnyway at a time that was chosen also where somebody wrote meanwhile, or the ticket is done
     * @param withSignature whether the author's signature stands below it, where there is one
     * @param remindAt when the ticket comes back where the customer has not answered
     */
    record ScheduleReplyRequest(
            @NotBlank @Size(max = MessageController.BODY_MAX) String body,

            @NotNull @Size(max = MessageController.ATTACHMENTS_MAX) List<@NotNull UUID> attachmentIds,

            @NotNull @PositiveOrZero Long lastSeenMessageId,
            @Nullable TicketStatus thenStatus,
            @Nullable Instant sendAt,
            @Nullable Boolean sendAnyway,
            @Nullable Instant remindAt,
            @Nullable Boolean withSignature) {

        private Written written() {
            return new Written(
                    body,
                    attachmentIds,
                    lastSeenMessageId,
                    thenStatus,
                    remindAt,
                    Boolean.TRUE.equals(sendAnyway),
                    Boolean.TRUE.equals(withSignature));
        }
    }

    /**
     * @param sendAt absent for now
     * @param lastSeenMessageId the newest message that the author has seen by now
     */
    record ChangeTimeRequest(
            @Nullable Instant sendAt,
            @NotNull @PositiveOrZero Long lastSeenMessageId,
            @Nullable Boolean sendAnyway) {}
}
