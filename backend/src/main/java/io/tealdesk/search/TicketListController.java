package io.tealdesk.search;

import io.tealdesk.identity.Viewer;
import io.tealdesk.search.TicketList.ViewResponse;
import io.tealdesk.shared.Count;
import io.tealdesk.shared.Page;
import io.tealdesk.tickets.Lane;
import io.tealdesk.tickets.TicketPriority;
import io.tealdesk.tickets.TicketStatus;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
@PreAuthorize("hasAnyRole('AGENT', 'ADMINISTRATOR')")
class TicketListController {

    private static final int VALUES_MAX = 50;

    private final TicketList list;

    TicketListController(TicketList list) {
        this.list = list;
    }

    /** @param assignee a person's id, me or none */
    @GetMapping("/tickets")
    Page<TicketRow> listTickets(
            @RequestParam(defaultValue = "") @Size(max = VALUES_MAX) List<@NotNull TicketStatus> status,
            @RequestParam(required = false) @Nullable Lane lane,
            @RequestParam(defaultValue = "") @Size(max = VALUES_MAX) List<@NotNull TicketPriority> priority,
            @RequestParam(defaultValue = "") @Size(max = VALUES_MAX) List<@NotNull UUID> team,
            @RequestParam(required = false) @Size(max = 36) @Nullable String assignee,
            @RequestParam(required = false) @Nullable UUID requester,
            @RequestParam(required = false) @Nullable UUID organisation,
            @RequestParam(defaultValue = "") @Size(max = VALUES_MAX) List<@NotNull String> tag,
            @RequestParam(required = false) @Size(max = 200) @Nullable String text,
            @RequestParam(required = false) @Nullable Instant createdAfter,
            @RequestParam(required = false) @Nullable Instant createdBefore,
            @RequestParam(required = false) @Nullable Instant updatedAfter,
            @RequestParam(required = false) @Nullable Instant updatedBefore,
            @RequestParam(defaultValue = "false") boolean overdue,
            @RequestParam(defaultValue = "UPDATED") TicketOrder order,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") @Min(1) @Max(100) int limit,
            @AuthenticationPrincipal Viewer viewer) {
        var filter = new TicketFilter(
                status,
                lane,
                priority,
                team,
                assignee,
                requester,
                organisation,
                tag,
                text,
                createdAfter,
                createdBefore,
                updatedAfter,
                updatedBefore,
                overdue);
        return list.page(viewer, filter, order, cursor, limit);
    }

    /** @param assignee a person's id, me or none */
    @GetMapping("/tickets/count")
    Count countTickets(
            @RequestParam(defaultValue = "") @Size(max = VALUES_MAX) List<@NotNull TicketStatus> status,
            @RequestParam(required = false) @Nullable Lane lane,
            @RequestParam(defaultValue = "") @Size(max = VALUES_MAX) List<@NotNull TicketPriority> priority,
            @RequestParam(defaultValue = "") @Size(max = VALUES_MAX) List<@NotNull UUID> team,
            @RequestParam(required = false) @Size(max = 36) @Nullable String assignee,
            @RequestParam(required = false) @Nullable UUID requester,
            @RequestParam(required = false) @Nullable UUID organisation,
            @RequestParam(defaultValue = "") @Size(max = VALUES_MAX) List<@NotNull String> tag,
            @RequestParam(required = false) @Size(max = 200) @Nullable String text,
            @RequestParam(required = false) @Nullable Instant createdAfter,
            @RequestParam(required = false) @Nullable Instant createdBefore,
            @RequestParam(required = false) @Nullable Instant updatedAfter,
            @RequestParam(required = false) @Nullable Instant updatedBefore,
            @RequestParam(defaultValue = "false") boolean overdue,
            @AuthenticationPrincipal Viewer viewer) {
        return list.count(
                viewer,
                new TicketFilter(
                        status,
                        lane,
                        priority,
                        team,
                        assignee,
                        requester,
                        organisation,
                        tag,
                        text,
                        createdAfter,
                        createdBefore,
                        updatedAfter,
                        updatedBefore,
                        overdue));
    }

    @GetMapping("/views")
    List<ViewResponse> listViews(@AuthenticationPrincipal Viewer viewer) {
        return list.views(viewer);
    }

    @GetMapping("/tags")
    List<String> listTags(
            @RequestParam(defaultValue = "") @Size(max = 50) String startsWith,
            @AuthenticationPrincipal Viewer viewer) {
        return list.tags(viewer, startsWith);
    }
}
