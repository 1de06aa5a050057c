package io.tealdesk.bulk;

import io.tealdesk.bulk.BulkEdit.BulkEditTicket;
import io.tealdesk.identity.Viewer;
import io.tealdesk.shared.IdempotentRequests;
import io.tealdesk.shared.Page;
import io.tealdesk.shared.Problem;
import io.tealdesk.tickets.TicketView;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Edits of many tickets at once, each its asker's own. */
@RestController
@RequestMapping("/api/v1/bulk-edits")
@PreAuthorize("hasAnyRole('AGENT', 'ADMINISTRATOR')")
class BulkEditController {

    private static final int NUMBERS_MAX = 1_000;
    private static final int FILTER_LENGTH_MAX = 8_000;
    private static final Logger log = LoggerFactory.getLogger(BulkEditController.class);

    private final BulkEdits edits;
    private final BulkEditWork work;
    private final BulkEditWorker worker;
    private final IdempotentRequests idempotentRequests;

    BulkEditController(
            BulkEdits edits, BulkEditWork work, BulkEditWorker worker, IdempotentRequests idempotentRequests) {
        this.edits = edits;
        this.work = work;
        this.worker = worker;
        this.idempotentRequests = idempotentRequests;
    }

    /** Few tickets are changed by the time it answers, many soon after. */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    BegunBulkEdit askForBulkEdit(
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody @Valid BulkEditRequest request,
            @AuthenticationPrincipal Viewer viewer) {
        var asked = idempotentRequests.once(
                viewer.personId(),
                key,
                "POST /api/v1/bulk-edits",
                request,
                AskedBulkEdit.class,
                () -> new AskedBulkEdit(ask(request, viewer)));
        return begun(asked.id, viewer);
    }

    /** One's own of the last day, the newest first. */
    @GetMapping
    List<BulkEdit> listBulkEdits(@AuthenticationPrincipal Viewer viewer) {
        return edits.list(viewer);
    }

    /** How many tickets an edit of all that pass a filter would be made on. */
    @GetMapping("/matching-tickets")
    MatchingTicketCount countMatchingTickets(
            @RequestParam @Size(max = FILTER_LENGTH_MAX) String filter,
            @RequestParam(required = false) @Size(max = 64) @Nullable String zone,
            @AuthenticationPrincipal Viewer viewer) {
        var found = edits.matching(viewer, filter, zone);
        return new MatchingTicketCount(Math.min(found, BulkEdits.TICKETS_MAX), found > BulkEdits.TICKETS_MAX);
    }

    @GetMapping("/{id}")
    BulkEdit getBulkEdit(@PathVariable UUID id, @AuthenticationPrincipal Viewer viewer) {
        return edits.get(id, viewer);
    }

    @GetMapping("/{id}/tickets")
    Page<BulkEditTicket> listBulkEditTickets(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable BulkOutcome outcome,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") @Min(1) @Max(100) int limit,
            @AuthenticationPrincipal Viewer viewer) {
        return edits.tickets(id, viewer, outcome, cursor, limit);
    }

    @PutMapping("/{id}/stop")
    BulkEdit stopBulkEdit(@PathVariable UUID id, @AuthenticationPrincipal Viewer viewer) {
        edits.stop(id, viewer);
        return edits.get(id, viewer);
    }

    /** Answers with the edit that undoes it, the same one however often it is asked for. */
    @PutMapping("/{id}/undo")
    BegunBulkEdit undoBulkEdit(@PathVariable UUID id, @AuthenticationPrincipal Viewer viewer) {
        return begun(edits.undo(id, viewer), viewer);
    }

    private UUID ask(BulkEditRequest request, Viewer viewer) {
        if ((request.numbers == null) == (request.filter == null)) {
            throw Problem.invalidField("numbers", "Mismatch", "must be given, or else a filter");
        }
        return request.filter == null
                ? edits.ask(viewer, Objects.requireNonNull(request.numbers), request.action)
                : edits.ask(viewer, request.filter.expression, request.filter.zone, request.action);
    }

    private BegunBulkEdit begun(UUID id, Viewer viewer) {
        var edit = edits.get(id, viewer);
        if (edit.total() > BulkEditWork.BATCH || edit.finishedAt() != null) {
            worker.wake();
            return new BegunBulkEdit(edit, List.of());
        }
        var hasWorked = false;
        try {
            while (!work.workSome(id).isEmpty()) {
                hasWorked = true;
            }
        } catch (RuntimeException e) {
            log.warn("The edit {} is left to the worker: {}", id, e.toString());
            worker.wake();
        }
        return new BegunBulkEdit(edits.get(id, viewer), hasWorked ? work.made(id) : List.of());
    }

    /**
     * @param numbers of the tickets, or else
     * @param filter which all of them pass at this moment
     */
    record BulkEditRequest(
            @Size(min = 1, max = NUMBERS_MAX) @Nullable List<@NotNull Long> numbers,
            @Valid @Nullable BulkFilter filter,
            @NotNull @Valid BulkAction action) {}

    /**
     * @param expression JSON, as lists take it
     * @param zone where its relative dates are read
     */
    record BulkFilter(
            @NotBlank @Size(max = FILTER_LENGTH_MAX) String expression,
            @Size(max = 64) @Nullable String zone) {}

    /** @param tickets those that are worked off already, as they are now */
    record BegunBulkEdit(BulkEdit edit, List<TicketView> tickets) {}

    /** @param isTooMany whether there are more than can be changed at once */
    record MatchingTicketCount(int count, boolean isTooMany) {}

    private record AskedBulkEdit(UUID id) {}
}
