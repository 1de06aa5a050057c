package io.tealdesk.identity;

import static io.tealdesk.Http.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.jsonwebtoken.Jwts;
import io.tealdesk.DeskFixtures;
import io.tealdesk.DeskTest;
import io.tealdesk.Http;
import io.tealdesk.MutableClock;
import jakarta.servlet.http.Cookie;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@DeskTest
class SessionsIntegrationTests {

    private static final String ATTEMPT = "attempt-0123456789";

    @Autowired
    MockMvcTester mvc;

    @Autowired
    DeskFixtures desk;

    @Autowired
    MutableClock clock;

    @Autowired
    AccessTokens accessTokens;

    @Autowired
    JdbcClient jdbc;

    private Http http;
    private Viewer dana;

    @BeforeEach
    void aDeskWithAnAgent() {
        http = new Http(mvc);
        dana = desk.anAgent("Dana", desk.theDefaultTeam());
    }

    @Test
    void signsInWithTheRightPasswordWhateverTheLettersCase() {
        var answer = logIn("DANA@tealdesk.test", DeskFixtures.PASSWORD);

        assertThat(answer).hasStatusOk();
        assertThat(me(text(answer, "$.accessToken"))).hasStatusOk();
        var cookie = Objects.requireNonNull(answer.getResponse().getHeader("Set-Cookie"));
        assertThat(cookie).contains("HttpOnly", "SameSite=Strict", "Path=/api/v1/sessions");
    }

    @Test
    void answersAWrongPasswordAndAnUnknownAddressAlike() {
        var wrongPassword = logIn("dana@tealdesk.test", "not the password");
        var unknownAddress = logIn("nobody@tealdesk.test", "not the password");

        assertThat(wrongPassword).hasStatus(401);
        assertThat(withoutRequestId(wrongPassword)).isEqualTo(withoutRequestId(unknownAddress));
    }

    @Test
    void throttlesGuessesAtOneAddressButNotItsOwner() {
        for (int i = 0; i < 20; i++) {
            assertThat(logIn("dana@tealdesk.test", DeskFixtures.PASSWORD)).hasStatusOk();
        }
        for (int i = 0; i < 10; i++) {
            assertThat(logIn("dana@tealdesk.test", "guess " + i)).hasStatus(401);
        }

        var throttled = logIn("dana@tealdesk.test", "one more guess");

        assertThat(throttled).hasStatus(429).hasHeader("Content-Type", MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        assertThat(throttled.getResponse().getHeader("Retry-After")).isNotNull();
    }

    @Test
    void rotatesTheRefreshToken() {
        var first = refreshTokenOf(logIn("dana@tealdesk.test", DeskFixtures.PASSWORD));

        var answer = refresh(first, null);

        assertThat(answer).hasStatusOk();
        assertThat(refreshTokenOf(answer)).isNotEqualTo(first);
        assertThat(me(text(answer, "$.accessToken"))).hasStatusOk();
    }

    @Test
    void endsTheWholeFamilyWhenATokenIsUsedTwice() {
        var stolen = refreshTokenOf(logIn("dana@tealdesk.test", DeskFixtures.PASSWORD));
        var rotated = refresh(stolen, null);

        assertThat(refresh(stolen, null)).hasStatus(401);

        assertThat(refresh(refreshTokenOf(rotated), null)).hasStatus(401);
        assertThat(me(text(rotated, "$.accessToken"))).hasStatus(401);
    }

    @Test
    void repeatsAnAttemptWhoseAnswerWasLost() {
        var first = refreshTokenOf(logIn("dana@tealdesk.test", DeskFixtures.PASSWORD));
        var lost = refreshTokenOf(refresh(first, ATTEMPT));

        var repeated = refresh(first, ATTEMPT);

        assertThat(repeated).hasStatusOk();
        assertThat(refreshTokenOf(repeated)).isEqualTo(lost);
        assertThat(refresh(lost, "another-attempt-01")).hasStatusOk();
    }

    @Test
    void takesAThiefWithAnotherAttemptForAThief() {
        var stolen = refreshTokenOf(logIn("dana@tealdesk.test", DeskFixtures.PASSWORD));
        var rotated = refreshTokenOf(refresh(stolen, ATTEMPT));

        assertThat(refresh(stolen, "attempt-of-a-thief-1")).hasStatus(401);

        assertThat(refresh(rotated, "another-attempt-01")).hasStatus(401);
    }

    @Test
    void doesNotRepeatAnAttemptWhoseOutcomeWasUsed() {
        var first = refreshTokenOf(logIn("dana@tealdesk.test", DeskFixtures.PASSWORD));
        var second = refreshTokenOf(refresh(first, ATTEMPT));
        refresh(second, "another-attempt-01");

        assertThat(refresh(first, ATTEMPT)).hasStatus(401);
    }

    @Test
    void doesNotRepeatAnAttemptAfterAMinute() {
        var first = refreshTokenOf(logIn("dana@tealdesk.test", DeskFixtures.PASSWORD));
        refresh(first, ATTEMPT);
        clock.advance(Duration.ofSeconds(61));

        assertThat(refresh(first, ATTEMPT)).hasStatus(401);
    }

    @Test
    void forgetsAnAccessTokenAfterTenMinutes() {
        var token = text(logIn("dana@tealdesk.test", DeskFixtures.PASSWORD), "$.accessToken");
        clock.advance(Duration.ofMinutes(10).minusSeconds(5));
        assertThat(me(token)).hasStatusOk();

        clock.advance(Duration.ofSeconds(10));

        assertThat(me(token)).hasStatus(401);
    }

    @Test
    void endsWithTheCookieAloneWhenLoggingOut() {
        var answer = logIn("dana@tealdesk.test", DeskFixtures.PASSWORD);

        assertThat(mvc.delete()
                        .uri("/api/v1/sessions/current")
                        .cookie(new Cookie("tealdesk_refresh", refreshTokenOf(answer))))
                .hasStatus(204);

        assertThat(me(text(answer, "$.accessToken"))).hasStatus(401);
        assertThat(refresh(refreshTokenOf(answer), null)).hasStatus(401);
    }

    @Test
    void endsEverySignInWhenLoggingOutEverywhere() {
        var here = text(logIn("dana@tealdesk.test", DeskFixtures.PASSWORD), "$.accessToken");
        var there = text(logIn("dana@tealdesk.test", DeskFixtures.PASSWORD), "$.accessToken");

        assertThat(mvc.delete().uri("/api/v1/sessions").header("Authorization", "Bearer " + here))
                .hasStatus(204);

        assertThat(me(here)).hasStatus(401);
        assertThat(me(there)).hasStatus(401);
    }

    @Test
    void endsAtOnceWhenSomebodyIsDeactivated() {
        var ada = desk.anAdministrator("Ada");
        var token = text(logIn("dana@tealdesk.test", DeskFixtures.PASSWORD), "$.accessToken");

        assertThat(http.change(
                        HttpMethod.PUT, ada, "/api/v1/people/%s/deactivation".formatted(dana.personId()), null, ""))
                .hasStatusOk();

        assertThat(me(token)).hasStatus(401);
        assertThat(logIn("dana@tealdesk.test", DeskFixtures.PASSWORD)).hasStatus(401);
    }

    @Test
    void refusesTokensThatNobodyHereSigned() {
        var key = Jwts.SIG.HS256.key().build();
        var forged = Jwts.builder()
                .header()
                .keyId("test")
                .and()
                .issuer("tealdesk")
                .subject(dana.personId().toString())
                .claim("sid", dana.sessionId().toString())
                .signWith(key)
                .compact();
        var unsigned = Jwts.builder()
                .issuer("tealdesk")
                .subject(dana.personId().toString())
                .claim("sid", dana.sessionId().toString())
                .compact();

        assertThat(me(accessTokens.issue(dana.personId(), dana.sessionId()))).hasStatusOk();
        assertThat(me(forged)).hasStatus(401);
        assertThat(me(unsigned)).hasStatus(401);
        assertThat(me("")).hasStatus(401);
        assertThat(me(accessTokens.issue(dana.personId(), UUID.randomUUID()))).hasStatus(401);
    }

    @Test
    void storesNoSecret() {
        var answer = logIn("dana@tealdesk.test", DeskFixtures.PASSWORD);

        var stored = jdbc.sql("select encode(token_hash, 'escape') from refresh_token")
                .query(String.class)
                .list();

        assertThat(stored).isNotEmpty().noneMatch(hash -> hash.contains(refreshTokenOf(answer)));
    }

    private MvcTestResult logIn(String email, String password) {
        return http.post(null, "/api/v1/sessions", "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password));
    }

    private MvcTestResult refresh(String token, @Nullable String attemptId) {
        var request = mvc.post().uri("/api/v1/sessions/refresh").cookie(new Cookie("tealdesk_refresh", token));
        if (attemptId != null) {
            request.header("Idempotency-Key", attemptId);
        }
        return request.exchange();
    }

    private MvcTestResult me(String accessToken) {
        return mvc.get()
                .uri("/api/v1/me")
                .header("Authorization", "Bearer " + accessToken)
                .exchange();
    }

    private static String refreshTokenOf(MvcTestResult answer) {
        return Objects.requireNonNull(answer.getResponse().getCookie("tealdesk_refresh"))
                .getValue();
    }

    private static String withoutRequestId(MvcTestResult answer) {
        return Http.body(answer).replaceAll("\"requestId\":\"[^\"]*\"", "");
    }
}
