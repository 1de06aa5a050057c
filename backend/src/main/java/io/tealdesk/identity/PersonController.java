package io.tealdesk.identity;

import io.tealdesk.identity.PersonList.PersonFilter;
import io.tealdesk.shared.EntityVersion;
import io.tealdesk.shared.Page;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.Set;
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
@RequestMapping("/api/v1")
class PersonController {

    private final People people;
    private final PersonList list;

    PersonController(People people, PersonList list) {
        this.people = people;
        this.list = list;
    }

    /** @param staff true lists agents and administrators only */
    @GetMapping("/people")
    @PreAuthorize("hasAnyRole('AGENT', 'ADMINISTRATOR')")
    Page<PersonResponse> listPeople(
            @RequestParam(required = false) @Nullable Role role,
            @RequestParam(defaultValue = "false") boolean staff,
            @RequestParam(required = false) @Size(max = 254) @Nullable String text,
            @RequestParam(required = false) @Nullable UUID organisation,
            @RequestParam(required = false) @Nullable Boolean deactivated,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") @Min(1) @Max(100) int limit) {
        return list.page(new PersonFilter(role, staff, text, organisation, deactivated), cursor, limit);
    }

    @GetMapping("/people/{id}")
    @PreAuthorize("hasAnyRole('AGENT', 'ADMINISTRATOR')")
    ResponseEntity<PersonResponse> getPerson(@PathVariable UUID id) {
        return answer(list.get(id));
    }

    @PostMapping("/people")
    @PreAuthorize("hasAnyRole('AGENT', 'ADMINISTRATOR')")
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<PersonResponse> addCustomer(@RequestBody @Valid AddCustomerRequest request) {
        return created(people.addCustomer(
                request.email, request.name, request.organisationId, request.locale == null ? "en" : request.locale));
    }

    @PutMapping("/people/{id}")
    @PreAuthorize("hasRole('ADMINISTRATOR')")
    ResponseEntity<PersonResponse> updatePerson(
            @PathVariable UUID id,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody @Valid UpdatePersonRequest request) {
        return answer(people.change(
                id, EntityVersion.required(ifMatch), request.name, request.organisationId, request.locale));
    }

    @PutMapping("/people/{id}/role")
    @PreAuthorize("hasRole('ADMINISTRATOR')")
    ResponseEntity<PersonResponse> changeRole(@PathVariable UUID id, @RequestBody @Valid ChangeRoleRequest request) {
        return answer(people.changeRole(id, request.role));
    }

    @PutMapping("/people/{id}/teams")
    @PreAuthorize("hasRole('ADMINISTRATOR')")
    ResponseEntity<PersonResponse> changeTeamsOfPerson(
            @PathVariable UUID id, @RequestBody @Valid ChangeTeamsRequest request) {
        return answer(people.changeTeams(id, request.teamIds));
    }

    @PutMapping("/people/{id}/deactivation")
    @PreAuthorize("hasRole('ADMINISTRATOR')")
    ResponseEntity<PersonResponse> deactivatePerson(@PathVariable UUID id) {
        return answer(people.deactivate(id));
    }

    @DeleteMapping("/people/{id}/deactivation")
    @PreAuthorize("hasRole('ADMINISTRATOR')")
    ResponseEntity<PersonResponse> reactivatePerson(@PathVariable UUID id) {
        return answer(people.reactivate(id));
    }

    @PostMapping("/invitations")
    @PreAuthorize("hasRole('ADMINISTRATOR')")
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<PersonResponse> invite(@RequestBody @Valid InvitationRequest request) {
        return created(people.invite(
                request.email,
                request.name,
                request.role,
                request.teamIds,
                request.locale == null ? "en" : request.locale));
    }

    @PostMapping("/invitations/{personId}/resend")
    @PreAuthorize("hasRole('ADMINISTRATOR')")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void resendInvitation(@PathVariable UUID personId) {
        people.inviteAgain(personId);
    }

    private static ResponseEntity<PersonResponse> answer(PersonResponse person) {
        return ResponseEntity.ok().eTag(EntityVersion.etag(person.version())).body(person);
    }

    private static ResponseEntity<PersonResponse> created(PersonResponse person) {
        return ResponseEntity.created(URI.create("/api/v1/people/" + person.id()))
                .eTag(EntityVersion.etag(person.version()))
                .body(person);
    }

    record AddCustomerRequest(
            @NotBlank @Email @Size(max = 254) String email,
            @NotBlank @Size(max = 120) String name,
            @Nullable UUID organisationId,

            @Pattern(regexp = AccountController.LOCALES) @Nullable String locale) {}

    record UpdatePersonRequest(
            @NotBlank @Size(max = 120) String name,
            @Nullable UUID organisationId,

            @NotNull @Pattern(regexp = AccountController.LOCALES) String locale) {}

    record ChangeRoleRequest(@NotNull Role role) {}

    record ChangeTeamsRequest(@NotNull @Size(max = 100) Set<@NotNull UUID> teamIds) {}

    record InvitationRequest(
            @NotBlank @Email @Size(max = 254) String email,
            @NotBlank @Size(max = 120) String name,
            @NotNull Role role,
            @NotNull @Size(max = 100) Set<@NotNull UUID> teamIds,

            @Pattern(regexp = AccountController.LOCALES) @Nullable String locale) {}
}
