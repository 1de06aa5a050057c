package io.tealdesk.identity;

import io.tealdesk.identity.Teams.TeamResponse;
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
@RequestMapping("/api/v1/teams")
@PreAuthorize("hasRole('ADMINISTRATOR')")
class TeamController {

    private final Teams teams;

    TeamController(Teams teams) {
        this.teams = teams;
    }

    @GetMapping
    @PreAuthorize("hasAnyRole('AGENT', 'ADMINISTRATOR')")
    List<TeamResponse> listTeams() {
        return teams.list();
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<TeamResponse> addTeam(@RequestBody @Valid TeamRequest request) {
        var team = teams.add(request.name, request.description);
        return ResponseEntity.created(URI.create("/api/v1/teams/" + team.id()))
                .eTag(EntityVersion.etag(team.version()))
                .body(team);
    }

    @PutMapping("/{id}")
    ResponseEntity<TeamResponse> updateTeam(
            @PathVariable UUID id,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody @Valid TeamRequest request) {
        return answer(teams.change(id, EntityVersion.required(ifMatch), request.name, request.description));
    }

    @PutMapping("/{id}/default")
    ResponseEntity<TeamResponse> makeTeamDefault(@PathVariable UUID id) {
        return answer(teams.makeDefault(id));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteTeam(
            @PathVariable UUID id,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        teams.delete(id, EntityVersion.required(ifMatch));
    }

    @PutMapping("/{id}/members/{personId}")
    ResponseEntity<TeamResponse> addTeamMember(@PathVariable UUID id, @PathVariable UUID personId) {
        return answer(teams.addMember(id, personId));
    }

    @DeleteMapping("/{id}/members/{personId}")
    ResponseEntity<TeamResponse> removeTeamMember(@PathVariable UUID id, @PathVariable UUID personId) {
        return answer(teams.removeMember(id, personId));
    }

    private static ResponseEntity<TeamResponse> answer(TeamResponse team) {
        return ResponseEntity.ok().eTag(EntityVersion.etag(team.version())).body(team);
    }

    record TeamRequest(
            @NotBlank @Size(max = 80) String name,
            @NotNull @Size(max = 500) String description) {}
}
