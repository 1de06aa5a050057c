package io.tealdesk.shared;

import io.tealdesk.shared.DemoLogins.DemoLogin;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What anybody may know of this desk before signing in. */
@RestController
class AboutController {

    private final DeskProperties desk;
    private final ObjectProvider<DemoLogins> demoLogins;

    AboutController(DeskProperties desk, ObjectProvider<DemoLogins> demoLogins) {
        this.desk = desk;
        this.demoLogins = demoLogins;
    }

    @GetMapping("/api/v1/about")
    @PreAuthorize("permitAll()")
    About about() {
        return new About(
                "Tealdesk",
                desk.release(),
                demoLogins.stream().findAny().map(DemoLogins::list).orElse(null),
                desk.mailCatcherUrl());
    }

    /** The last two are there in the embedded default only. */
    record About(
            String product,
            String release,
            @Nullable List<DemoLogin> demoLogins,
            @Nullable URI mailCatcherUrl) {}
}
