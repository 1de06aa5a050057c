package io.tealdesk;

import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import io.tealdesk.identity.Viewer;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import javax.crypto.SecretKey;
import org.springframework.core.env.Environment;

/**
 * Makes access tokens as the application does, with its own key, so that a test goes through the real sign-in filter
 * without hashing a password; and the beginnings of tokens that no application should accept.
 */
class AccessTokenForge {

    static final String KID = "test";

    private final SecretKey key;
    private final Clock clock;

    AccessTokenForge(Environment environment, Clock clock) {
        this.key = Keys.hmacShaKeyFor(Base64.getDecoder()
                .decode(environment.getRequiredProperty("tealdesk.identity.signing-keys[0].secret")));
        this.clock = clock;
    }

    String of(Viewer viewer) {
        return unsigned(viewer).signWith(key, Jwts.SIG.HS256).compact();
    }

    /** All that a good token says, yet to be signed. */
    JwtBuilder unsigned(Viewer viewer) {
        var now = clock.instant();
        return Jwts.builder()
                .header()
                .keyId(KID)
                .and()
                .issuer("tealdesk")
                .subject(viewer.personId().toString())
                .claim("sid", viewer.sessionId().toString())
                .issuedAt(Date.from(now))
                .expiration(Date.from(now.plus(Duration.ofMinutes(10))));
    }

    SecretKey key() {
        return key;
    }
}
