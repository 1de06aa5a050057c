package io.tealdesk.identity;

import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.UnsupportedJwtException;
import java.time.Clock;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Makes and reads access tokens: JWTs (RFC 7519) signed with HS256 that say who and which session, and nothing that
 * could go stale.
 */
@Component
class AccessTokens {

    private static final String ISSUER = "tealdesk";
    private static final String SESSION_CLAIM = "sid";

    private final SigningKeys keys;
    private final IdentityProperties properties;
    private final Clock clock;
    private final JwtParser parser;

    AccessTokens(SigningKeys keys, IdentityProperties properties, Clock clock) {
        this.keys = keys;
        this.properties = properties;
        this.clock = clock;
        parser = Jwts.parser()
                .keyLocator(header -> {
                    if (!"HS256".equals(header.getAlgorithm()) || !(header.get("kid") instanceof String kid)) {
                        throw new UnsupportedJwtException("Not a token of ours");
                    }
                    return keys.find(kid).orElseThrow(() -> new UnsupportedJwtException("Not a key of ours"));
                })
                .requireIssuer(ISSUER)
                .clock(() -> Date.from(clock.instant()))
                .build();
    }

    String issue(UUID personId, UUID sessionId) {
        var now = clock.instant();
        var key = keys.signing();
        return Jwts.builder()
                .header()
                .keyId(key.kid())
                .and()
                .issuer(ISSUER)
                .subject(personId.toString())
                .claim(SESSION_CLAIM, sessionId.toString())
                .issuedAt(Date.from(now))
                .expiration(Date.from(now.plus(properties.accessTokenLifetime())))
                .signWith(key.key(), Jwts.SIG.HS256)
                .compact();
    }

    /** The session that a token belongs to; empty for one that is expired, forged, unsigned or malformed. */
    Optional<Bearer> read(String token) {
        try {
            var claims = parser.parseSignedClaims(token).getPayload();
            return Optional.of(new Bearer(
                    UUID.fromString(claims.getSubject()), UUID.fromString(claims.get(SESSION_CLAIM, String.class))));
        } catch (JwtException | IllegalArgumentException | NullPointerException e) {
            return Optional.empty();
        }
    }

    record Bearer(UUID personId, UUID sessionId) {}
}
