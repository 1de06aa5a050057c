package io.tealdesk.identity;

import io.tealdesk.identity.Sessions.EndReason;
import io.tealdesk.identity.Sessions.SessionView;
import io.tealdesk.identity.Sessions.SignedIn;
import io.tealdesk.shared.DeskProperties;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/sessions")
class SessionController {

    private static final String COOKIE = "tealdesk_refresh";

    private final Sessions sessions;
    private final AccessTokens accessTokens;
    private final People people;
    private final IdentityProperties properties;
    private final boolean isHttps;

    SessionController(
            Sessions sessions,
            AccessTokens accessTokens,
            People people,
            IdentityProperties properties,
            DeskProperties desk) {
        this.sessions = sessions;
        this.accessTokens = accessTokens;
        this.people = people;
        this.properties = properties;
        isHttps = "https".equals(desk.baseUrl().getScheme());
    }

    @PostMapping
    @PreAuthorize("permitAll()")
    ResponseEntity<SessionResponse> logIn(
            @RequestBody @Valid LogInRequest credentials,
            @RequestHeader(value = HttpHeaders.USER_AGENT, defaultValue = "") String userAgent,
            HttpServletRequest request) {
        return answer(sessions.logIn(credentials.email, credentials.password, request.getRemoteAddr(), userAgent));
    }

    @PostMapping("/refresh")
    @PreAuthorize("permitAll()")
    ResponseEntity<SessionResponse> refreshSession(
            @CookieValue(value = COOKIE, required = false) @Nullable String token,
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String attemptId) {
        if (token == null) {
            throw IdentityProblem.sessionEnded();
        }
        return answer(sessions.refresh(token, attemptId));
    }

    @GetMapping
    @PreAuthorize("isAuthenticated()")
    List<SessionView> listSessions(@AuthenticationPrincipal Viewer viewer) {
        return sessions.list(viewer);
    }

    /** Works without an access token too: whoever holds the cookie may end its session. */
    @DeleteMapping("/current")
    @PreAuthorize("permitAll()")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    ResponseEntity<Void> logOut(@CookieValue(value = COOKIE, required = false) @Nullable String token) {
        if (token != null) {
            sessions.logOut(token);
        }
        return withoutCookie();
    }

    @DeleteMapping
    @PreAuthorize("isAuthenticated()")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    ResponseEntity<Void> logOutEverywhere(@AuthenticationPrincipal Viewer viewer) {
        sessions.endAll(viewer.personId(), EndReason.LOGGED_OUT_EVERYWHERE, null);
        return withoutCookie();
    }

    private ResponseEntity<SessionResponse> answer(SignedIn signedIn) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .header(
                        HttpHeaders.SET_COOKIE,
                        cookie(signedIn.refreshToken().value(), properties.sessionLifetime())
                                .toString())
                .body(new SessionResponse(
                        accessTokens.issue(signedIn.personId(), signedIn.sessionId()),
                        properties.accessTokenLifetime().toSeconds(),
                        people.me(signedIn.personId())));
    }

    private ResponseEntity<Void> withoutCookie() {
        return ResponseEntity.noContent()
                .header(HttpHeaders.SET_COOKIE, cookie("", Duration.ZERO).toString())
                .build();
    }

    /** Secure wherever the desk is reached by https; a desk on plain http (a laptop) would lose a secure cookie. */
    private ResponseCookie cookie(String value, Duration lifetime) {
        return ResponseCookie.from(COOKIE, value)
                .httpOnly(true)
                .secure(isHttps)
                .sameSite("Strict")
                .path("/api/v1/sessions")
                .maxAge(lifetime)
                .build();
    }

    record LogInRequest(
            @NotBlank @Size(max = 254) String email,
            @NotBlank @Size(max = 200) String password) {

        @Override
        public String toString() {
            return "LogInRequest[email=" + email + ']';
        }
    }

    record SessionResponse(String accessToken, long expiresInSeconds, MeResponse person) {

        @Override
        public String toString() {
            return "SessionResponse[person=" + person.id() + ']';
        }
    }
}
