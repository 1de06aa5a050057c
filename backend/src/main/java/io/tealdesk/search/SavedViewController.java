package io.tealdesk.search;

import io.tealdesk.identity.Viewer;
import io.tealdesk.search.SavedView.Visibility;
import io.tealdesk.search.SavedViews.Content;
import io.tealdesk.shared.EntityVersion;
import io.tealdesk.shared.Problem;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/saved-views")
@PreAuthorize("hasAnyRole('AGENT', 'ADMINISTRATOR')")
class SavedViewController {

    private static final String COLUMN = "[a-zA-Z]{1,40}";

    private final SavedViews views;
    private final Clock clock;

    SavedViewController(SavedViews views, Clock clock) {
        this.views = views;
        this.clock = clock;
    }

    @GetMapping
    SavedViewsResponse listSavedViews(
            @RequestParam(defaultValue = "false") boolean counts,
            @RequestParam(defaultValue = "UTC") @Size(max = 64) String zone,
            @AuthenticationPrincipal Viewer viewer) {
        var listed = views.list(viewer);
        return new SavedViewsResponse(
                counts ? views.counted(listed, viewer, new FilterInstants(clock.instant(), zone(zone))) : listed,
                views.order(viewer));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<SavedView> addSavedView(
            @RequestBody @Valid NewSavedViewRequest request, @AuthenticationPrincipal Viewer viewer) {
        var view = views.add(
                viewer,
                new Content(
                        request.name,
                        request.visibility,
                        request.teamId,
                        request.filter,
                        request.order,
                        Objects.requireNonNullElse(request.columns, List.of())));
        return ResponseEntity.created(URI.create("/api/v1/saved-views/" + view.id()))
                .eTag(EntityVersion.etag(view.version()))
                .body(view);
    }

    /** What is absent stays as it is. */
    @PatchMapping("/{id}")
    ResponseEntity<SavedView> changeSavedView(
            @PathVariable UUID id,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody @Valid SavedViewChangeRequest request,
            @AuthenticationPrincipal Viewer viewer) {
        var view = views.change(viewer, id, EntityVersion.required(ifMatch), request::appliedTo);
        return ResponseEntity.ok().eTag(EntityVersion.etag(view.version())).body(view);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteSavedView(
            @PathVariable UUID id,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @AuthenticationPrincipal Viewer viewer) {
        views.delete(viewer, id, EntityVersion.required(ifMatch));
    }

    @PutMapping("/order")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void orderSavedViews(@RequestBody @Valid ViewOrderRequest request, @AuthenticationPrincipal Viewer viewer) {
        views.reorder(viewer, request.keys);
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw Problem.invalidField("zone", "Malformed", "must be a time zone such as Europe/Berlin");
        }
    }

    /** @param order keys of views, built-in ones among them, as the viewer wants to see them; may name what is gone */
    record SavedViewsResponse(List<SavedView> views, List<String> order) {}

    record NewSavedViewRequest(
            @NotBlank @Size(max = 80) String name,
            @NotNull Visibility visibility,
            @Nullable UUID teamId,
            @NotNull FilterNode filter,
            @NotNull TicketOrder order,
            @Nullable @Size(max = 20) List<@NotNull @Pattern(regexp = COLUMN) String> columns) {}

    /** @param teamId counts only together with a visibility */
    record SavedViewChangeRequest(
            @Nullable @Size(min = 1, max = 80) String name,
            @Nullable Visibility visibility,
            @Nullable UUID teamId,
            @Nullable FilterNode filter,
            @Nullable TicketOrder order,
            @Nullable @Size(max = 20) List<@NotNull @Pattern(regexp = COLUMN) String> columns) {

        Content appliedTo(Content content) {
            return new Content(
                    name == null ? content.name() : name,
                    visibility == null ? content.visibility() : visibility,
                    visibility == null ? content.teamId() : teamId,
                    filter == null ? content.filter() : filter,
                    order == null ? content.order() : order,
                    columns == null ? content.columns() : columns);
        }
    }

    record ViewOrderRequest(@NotNull @Size(max = 300) List<@NotNull @Size(min = 1, max = 64) String> keys) {}
}
