package io.tealdesk.macros;

import io.tealdesk.identity.Viewer;
import io.tealdesk.macros.Macros.Sharing;
import io.tealdesk.shared.EntityVersion;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/macros")
@PreAuthorize("hasAnyRole('AGENT', 'ADMINISTRATOR')")
class MacroController {

    private final Macros macros;

    MacroController(Macros macros) {
        this.macros = macros;
    }

    @GetMapping
    List<Macro> listMacros(@AuthenticationPrincipal Viewer viewer) {
        return macros.macros(viewer);
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<Macro> addMacro(@RequestBody @Valid MacroRequest request, @AuthenticationPrincipal Viewer viewer) {
        var macro = macros.add(viewer, request.sharing(), request.actions);
        return ResponseEntity.created(URI.create("/api/v1/macros/" + macro.id()))
                .eTag(EntityVersion.etag(macro.version()))
                .body(macro);
    }

    @PutMapping("/{id}")
    ResponseEntity<Macro> changeMacro(
            @PathVariable UUID id,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody @Valid MacroRequest request,
            @AuthenticationPrincipal Viewer viewer) {
        return answer(macros.change(viewer, id, EntityVersion.required(ifMatch), request.sharing(), request.actions));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteMacro(
            @PathVariable UUID id,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @AuthenticationPrincipal Viewer viewer) {
        macros.delete(MacroKind.MACRO, viewer, id, EntityVersion.required(ifMatch));
    }

    /** Brings back what was deleted in the last thirty days. */
    @PutMapping("/{id}/restoration")
    ResponseEntity<Macro> restoreMacro(@PathVariable UUID id, @AuthenticationPrincipal Viewer viewer) {
        return answer(macros.restoreMacro(viewer, id));
    }

    private static ResponseEntity<Macro> answer(Macro macro) {
        return ResponseEntity.ok().eTag(EntityVersion.etag(macro.version())).body(macro);
    }

    /** @param teamIds who share it, where some teams do */
    record MacroRequest(
            @NotBlank @Size(max = 80) String name,
            @NotNull MacroVisibility visibility,
            @Size(max = 100) @Nullable List<@NotNull UUID> teamIds,
            @NotNull @Valid MacroActions actions) {

        private Sharing sharing() {
            return new Sharing(name, visibility, teamIds == null ? List.of() : teamIds);
        }
    }
}
