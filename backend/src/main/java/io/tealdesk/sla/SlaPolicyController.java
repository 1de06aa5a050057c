package io.tealdesk.sla;

import io.tealdesk.shared.EntityVersion;
import io.tealdesk.sla.SlaPolicies.Preview;
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
@RequestMapping("/api/v1/sla-policies")
@PreAuthorize("hasRole('ADMINISTRATOR')")
class SlaPolicyController {

    private final SlaPolicies policies;

    SlaPolicyController(SlaPolicies policies) {
        this.policies = policies;
    }

    /** In their order: the first whose conditions a ticket meets counts. */
    @GetMapping
    List<SlaPolicy> listSlaPolicies() {
        return policies.list();
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<SlaPolicy> addSlaPolicy(@RequestBody @Valid SlaPolicyRequest request) {
        var policy = policies.add(request.name, request.rules);
        return ResponseEntity.created(URI.create("/api/v1/sla-policies/" + policy.id()))
                .eTag(EntityVersion.etag(policy.version()))
                .body(policy);
    }

    @PutMapping("/{id}")
    ResponseEntity<SlaPolicy> changeSlaPolicy(
            @PathVariable UUID id,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody @Valid SlaPolicyRequest request) {
        return answer(policies.change(id, EntityVersion.required(ifMatch), request.name, request.rules));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteSlaPolicy(
            @PathVariable UUID id,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        policies.delete(id, EntityVersion.required(ifMatch));
    }

    /** Brings back what was deleted in the last thirty days. */
    @PutMapping("/{id}/restoration")
    ResponseEntity<SlaPolicy> restoreSlaPolicy(@PathVariable UUID id) {
        return answer(policies.restore(id));
    }

    @PutMapping("/order")
    List<SlaPolicy> orderSlaPolicies(@RequestBody @Valid SlaPolicyOrder request) {
        return policies.order(request.ids);
    }

    /** When a ticket that was opened now would be due, before the policy is kept. */
    @PostMapping("/preview")
    Preview previewSlaPolicy(@RequestBody @Valid SlaPreviewRequest request) {
        return policies.preview(request.rules, request.teamId);
    }

    private static ResponseEntity<SlaPolicy> answer(SlaPolicy policy) {
        return ResponseEntity.ok().eTag(EntityVersion.etag(policy.version())).body(policy);
    }

    record SlaPolicyRequest(
            @NotBlank @Size(max = 80) String name,
            @NotNull @Valid SlaRules rules) {}

    /** @param ids all policies */
    record SlaPolicyOrder(@NotNull @Size(max = 100) List<@NotNull UUID> ids) {}

    /** @param teamId whose ticket it would be */
    record SlaPreviewRequest(
            @NotNull UUID teamId, @NotNull @Valid SlaRules rules) {}
}
