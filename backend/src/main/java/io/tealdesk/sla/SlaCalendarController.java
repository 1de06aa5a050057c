package io.tealdesk.sla;

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
@RequestMapping("/api/v1/business-hours")
@PreAuthorize("hasRole('ADMINISTRATOR')")
class SlaCalendarController {

    private final SlaCalendars calendars;

    SlaCalendarController(SlaCalendars calendars) {
        this.calendars = calendars;
    }

    @GetMapping
    List<SlaCalendar> listBusinessHours() {
        return calendars.list();
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<SlaCalendar> addBusinessHours(@RequestBody @Valid BusinessHoursRequest request) {
        var calendar = calendars.add(request.name, request.hours, request.teamIds);
        return ResponseEntity.created(URI.create("/api/v1/business-hours/" + calendar.id()))
                .eTag(EntityVersion.etag(calendar.version()))
                .body(calendar);
    }

    @PutMapping("/{id}")
    ResponseEntity<SlaCalendar> changeBusinessHours(
            @PathVariable UUID id,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody @Valid BusinessHoursRequest request) {
        return answer(
                calendars.change(id, EntityVersion.required(ifMatch), request.name, request.hours, request.teamIds));
    }

    /** Whoever has no hours of their own has these; there is exactly one. */
    @PutMapping("/{id}/default")
    ResponseEntity<SlaCalendar> makeBusinessHoursDefault(@PathVariable UUID id) {
        return answer(calendars.makeDefault(id));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteBusinessHours(
            @PathVariable UUID id,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        calendars.delete(id, EntityVersion.required(ifMatch));
    }

    /** Brings back what was deleted in the last thirty days. */
    @PutMapping("/{id}/restoration")
    ResponseEntity<SlaCalendar> restoreBusinessHours(@PathVariable UUID id) {
        return answer(calendars.restore(id));
    }

    private static ResponseEntity<SlaCalendar> answer(SlaCalendar calendar) {
        return ResponseEntity.ok().eTag(EntityVersion.etag(calendar.version())).body(calendar);
    }

    /** @param teamIds whose hours they are; a team that had others has these from then on */
    record BusinessHoursRequest(
            @NotBlank @Size(max = 80) String name,
            @NotNull @Valid SlaCalendarHours hours,
            @NotNull @Size(max = 200) List<@NotNull UUID> teamIds) {}
}
