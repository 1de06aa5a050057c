package io.tealdesk.identity;

import io.tealdesk.identity.Organisations.OrganisationResponse;
import io.tealdesk.shared.EntityVersion;
import io.tealdesk.shared.Page;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
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

@RestController
@RequestMapping("/api/v1/organisations")
class OrganisationController {

    private final Organisations organisations;

    OrganisationController(Organisations organisations) {
        this.organisations = organisations;
    }

    @GetMapping
    @PreAuthorize("hasAnyRole('AGENT', 'ADMINISTRATOR')")
    Page<OrganisationResponse> listOrganisations(
            @RequestParam(required = false) @Size(max = 120) @Nullable String text,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") @Min(1) @Max(100) int limit) {
        return organisations.page(text, cursor, limit);
    }

    @GetMapping("/{id}")
    @PreAuthorize("hasAnyRole('AGENT', 'ADMINISTRATOR')")
    ResponseEntity<OrganisationResponse> getOrganisation(@PathVariable UUID id) {
        return answer(organisations.get(id));
    }

    @PostMapping
    @PreAuthorize("hasRole('ADMINISTRATOR')")
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<OrganisationResponse> addOrganisation(@RequestBody @Valid OrganisationRequest request) {
        var organisation = organisations.add(request.name, request.sharesTickets);
        return ResponseEntity.created(URI.create("/api/v1/organisations/" + organisation.id()))
                .eTag(EntityVersion.etag(organisation.version()))
                .body(organisation);
    }

    @PutMapping("/{id}")
    @PreAuthorize("hasRole('ADMINISTRATOR')")
    ResponseEntity<OrganisationResponse> updateOrganisation(
            @PathVariable UUID id,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody @Valid OrganisationRequest request) {
        return answer(organisations.change(id, EntityVersion.required(ifMatch), request.name, request.sharesTickets));
    }

    @DeleteMapping("/{id}")
    @PreAuthorize("hasRole('ADMINISTRATOR')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteOrganisation(
            @PathVariable UUID id,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        organisations.delete(id, EntityVersion.required(ifMatch));
    }

    private static ResponseEntity<OrganisationResponse> answer(OrganisationResponse organisation) {
        return ResponseEntity.ok()
                .eTag(EntityVersion.etag(organisation.version()))
                .body(organisation);
    }

    record OrganisationRequest(@NotBlank @Size(max = 120) String name, boolean sharesTickets) {}
}
