package io.tealdesk.embedded;

import io.tealdesk.embedded.CaughtMails.CaughtMail;
import io.tealdesk.shared.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows caught mails to whoever sits at this machine, and to nobody else: they hold links that sign people in. */
@RestController
@RequestMapping("/dev")
@PreAuthorize("permitAll()")
@Profile("embedded")
class CaughtMailController {

    private static final MediaType HTML = new MediaType("text", "html", StandardCharsets.UTF_8);
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final CaughtMails mails;

    CaughtMailController(CaughtMails mails) {
        this.mails = mails;
    }

    /** The Host header too: a page from elsewhere can make its own name point here. */
    @ModelAttribute
    void onlyOnThisMachine(HttpServletRequest request) throws UnknownHostException {
        if (!InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress()
                || !THIS_MACHINE.contains(request.getServerName())) {
            throw Problem.notFound();
        }
    }

    @GetMapping("/mail")
    ResponseEntity<String> listPage() {
        return page(CaughtMailPages.list(mails.list()));
    }

    @GetMapping("/mail/{id}")
    ResponseEntity<String> mailPage(@PathVariable String id) {
        return page(CaughtMailPages.mail(mails.find(id).orElseThrow(Problem::notFound)));
    }

    @GetMapping("/mail.json")
    List<CaughtMail> list(@RequestParam(required = false) @Nullable String to) {
        return mails.list().stream().filter(mail -> to == null || mail.isTo(to)).toList();
    }

    @GetMapping("/mail.css")
    ResponseEntity<Resource> style() {
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "css", StandardCharsets.UTF_8))
                .cacheControl(CacheControl.maxAge(Duration.ofMinutes(5)))
                .body(new ClassPathResource("embedded/mail.css"));
    }

    private static ResponseEntity<String> page(String html) {
        return ResponseEntity.ok()
                .contentType(HTML)
                .cacheControl(CacheControl.noStore())
                .header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .body(html);
    }
}
