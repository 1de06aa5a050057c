package io.tealdesk.search;

import io.tealdesk.identity.Viewer;
import io.tealdesk.search.SearchHit.Suggestions;
import io.tealdesk.shared.Page;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/search")
@PreAuthorize("hasAnyRole('AGENT', 'ADMINISTRATOR')")
class SearchController {

    private final Search search;
    private final SearchSuggestions suggestions;

    SearchController(Search search, SearchSuggestions suggestions) {
        this.search = search;
        this.suggestions = suggestions;
    }

    @GetMapping
    Page<SearchHit> searchTickets(
            @RequestParam String q,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "25") @Min(1) @Max(50) int limit,
            @AuthenticationPrincipal Viewer viewer) {
        return search.page(viewer, q, cursor, limit);
    }

    @GetMapping("/suggestions")
    Suggestions suggestSearch(@RequestParam String q, @AuthenticationPrincipal Viewer viewer) {
        return suggestions.of(viewer, q);
    }
}
