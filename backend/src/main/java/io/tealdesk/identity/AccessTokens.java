package io.tealdesk.identity;

import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.UnsupportedJwtException;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
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
    /** Of tokens that were found good: more people than that do not work at one task within a token's life. */
    private static final int CHECKED_MAX = 2_000;

    private final SigningKeys keys;
    private final IdentityProperties properties;
    private final Clock clock;
    private final JwtParser parser;
    /** A client comes with the same token for minutes; to read and check it costs as much as finding who it is. */
    private final Map<String, Checked> checked = new ConcurrentHashMap<>();

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
        var known = checked.get(token);
        if (known != null) {
            if (clock.instant().isBefore(known.expiresAt) && isStill(known.key, known.kid)) {
                return Optional.of(known.bearer);
            }
            checked.remove(token);
        }
        try {
            var jws = parser.parseSignedClaims(token);
            var claims = jws.getPayload();
            var bearer = new Bearer(
                    UUID.fromString(claims.getSubject()), UUID.fromString(claims.get(SESSION_CLAIM, String.class)));
            var kid = jws.getHeader().getKeyId();
            keys.find(kid)
                    .ifPresent(key -> remember(
                            token,
                            new Checked(bearer, kid, key, claims.getExpiration().toInstant())));
            return Optional.of(bearer);
        } catch (JwtException | IllegalArgumentException | NullPointerException e) {
            return Optional.empty();
        }
    }

    /** A key that was retired takes its tokens with it. */
    private boolean isStill(SecretKey key, String kid) {
        return keys.find(kid).filter(key::equals).isPresent();
    }

    private void remember(String token, Checked good) {
        if (checked.size() >= CHECKED_MAX) {
            checked.clear();
        }
        checked.put(token, good);
    }

    record Bearer(UUID personId, UUID sessionId) {}

    private record Checked(Bearer bearer, String kid, SecretKey key, Instant expiresAt) {}
}
