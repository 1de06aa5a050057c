package io.tealdesk.identity;

import io.tealdesk.shared.EntityVersion;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/me")
@PreAuthorize("isAuthenticated()")
class MeController {

    private final People people;
    private final Accounts accounts;

    MeController(People people, Accounts accounts) {
        this.people = people;
        this.accounts = accounts;
    }

    @GetMapping
    ResponseEntity<MeResponse> getMe(@AuthenticationPrincipal Viewer viewer) {
        return answer(people.me(viewer.personId()));
    }

    @PutMapping
    ResponseEntity<MeResponse> updateMe(
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody @Valid UpdateMeRequest request,
            @AuthenticationPrincipal Viewer viewer) {
        people.renameMyself(viewer, EntityVersion.required(ifMatch), request.name, request.locale);
        return answer(people.me(viewer.personId()));
    }

    @PutMapping("/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void changePassword(@RequestBody @Valid ChangePasswordRequest request, @AuthenticationPrincipal Viewer viewer) {
        accounts.changePassword(viewer, request.currentPassword, request.newPassword);
    }

    private static ResponseEntity<MeResponse> answer(MeResponse me) {
        return ResponseEntity.ok().eTag(EntityVersion.etag(me.version())).body(me);
    }

    record UpdateMeRequest(
            @NotBlank @Size(max = 120) String name,

            @NotNull @Pattern(regexp = AccountController.LOCALES) String locale) {}

    record ChangePasswordRequest(
            @NotNull @Size(max = 200) String currentPassword,
            @NotNull String newPassword) {

        @Override
        public String toString() {
            return "ChangePasswordRequest[…]";
        }
    }
}
