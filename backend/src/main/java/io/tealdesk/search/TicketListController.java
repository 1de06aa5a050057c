package io.tealdesk.search;

import io.tealdesk.identity.Viewer;
import io.tealdesk.search.TicketList.ViewResponse;
import io.tealdesk.shared.Count;
import io.tealdesk.shared.Page;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
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

    private final TicketList list;

    TicketListController(TicketList list) {
        this.list = list;
    }

    @GetMapping("/tickets")
    Page<TicketRow> listTickets(
            @ParameterObject @Valid TicketFilter filter,
            @RequestParam(defaultValue = "UPDATED") TicketOrder order,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String before,
            @RequestParam(defaultValue = "50") @Min(1) @Max(100) int limit,
            @AuthenticationPrincipal Viewer viewer) {
        return list.page(viewer, filter, order, cursor, before, limit);
    }

    @GetMapping("/tickets/count")
    Count countTickets(@ParameterObject @Valid TicketFilter filter, @AuthenticationPrincipal Viewer viewer) {
        return list.count(viewer, filter);
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
