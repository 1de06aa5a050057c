package io.tealdesk.identity;

import jakarta.validation.Valid;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** How one writes oneself; it is read with everything else about oneself. */
@RestController
@RequestMapping("/api/v1/me/writing")
@PreAuthorize("hasAnyRole('AGENT', 'ADMINISTRATOR')")
class WritingController {

    private final Writings writings;

    WritingController(Writings writings) {
        this.writings = writings;
    }

    @PutMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void changeMyWriting(@RequestBody @Valid Writing writing, @AuthenticationPrincipal Viewer viewer) {
        writings.keep(viewer.personId(), writing);
    }
}
