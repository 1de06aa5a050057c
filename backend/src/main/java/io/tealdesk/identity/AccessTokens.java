package io.tealdesk.identity;

import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.UnsupportedJwtException;
import io.jsonwebtoken.security.Keys;
import java.time.Clock;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.SecretKey;
import org.springframework.stereotype.Component;

/**
 * Makes and reads access tokens: JWTs (RFC 7519) signed with HS256 that say who and which session, and nothing that
 * could go stale.
 */
@Component
class AccessTokens {

    private static final String ISSUER = "tealdesk";
    private static final String SESSION_CLAIM = "sid";

    private final Map<String, SecretKey> keysByKid = new LinkedHashMap<>();
    private final String signingKid;
    private final IdentityProperties properties;
    private final Clock clock;
    private final JwtParser parser;

    AccessTokens(IdentityProperties properties, Clock clock) {
        this.properties = properties;
        this.clock = clock;
        for (var key : properties.signingKeys()) {
            keysByKid.put(key.kid(), Keys.hmacShaKeyFor(Base64.getDecoder().decode(key.secret())));
        }
        signingKid = properties.signingKeys().getFirst().kid();
        parser = Jwts.parser()
                .keyLocator(header -> {
                    var key = header.get("kid") instanceof String kid ? keysByKid.get(kid) : null;
                    if (key == null || !"HS256".equals(header.getAlgorithm())) {
                        throw new UnsupportedJwtException("Not a key of ours");
                    }
                    return key;
                })
                .requireIssuer(ISSUER)
                .clock(() -> Date.from(clock.instant()))
                .build();
    }

    String issue(UUID personId, UUID sessionId) {
        var now = clock.instant();
        return Jwts.builder()
                .header()
                .keyId(signingKid)
                .and()
                .issuer(ISSUER)
                .subject(personId.toString())
                .claim(SESSION_CLAIM, sessionId.toString())
                .issuedAt(Date.from(now))
                .expiration(Date.from(now.plus(properties.accessTokenLifetime())))
                .signWith(keyOf(signingKid), Jwts.SIG.HS256)
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

    private SecretKey keyOf(String kid) {
        return java.util.Objects.requireNonNull(keysByKid.get(kid));
    }

    record Bearer(UUID personId, UUID sessionId) {}
}
