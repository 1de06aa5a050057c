package io.tealdesk.identity;

import jakarta.validation.Valid;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The workspace has keys; the portal has none. */
@RestController
@RequestMapping("/api/v1/me/keyboard")
@PreAuthorize("hasAnyRole('AGENT', 'ADMINISTRATOR')")
class KeyboardController {

    private final Keyboards keyboards;

    KeyboardController(Keyboards keyboards) {
        this.keyboards = keyboards;
    }

    @GetMapping
    Keyboard getMyKeyboard(@AuthenticationPrincipal Viewer viewer) {
        return keyboards.of(viewer.personId());
    }

    @PutMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void changeMyKeyboard(@RequestBody @Valid Keyboard keyboard, @AuthenticationPrincipal Viewer viewer) {
        keyboards.keep(viewer.personId(), keyboard);
    }
}
