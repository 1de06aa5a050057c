package io.tealdesk.identity;

import io.jsonwebtoken.security.Keys;
import io.jsonwebtoken.security.WeakKeyException;
import io.tealdesk.secrets.Secret;
import io.tealdesk.secrets.SecretName;
import io.tealdesk.secrets.SecretReader;
import io.tealdesk.secrets.Secrets;
import io.tealdesk.shared.StartProblem;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.crypto.SecretKey;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * The keys of access tokens, the first of which signs. Where they come from a secret the list changes while the
 * application runs; a key that another task has learned of a moment earlier is asked for when it is first seen.
 */
@Component
class SigningKeys {

    /** Whoever makes kids up may keep so many requests waiting and no more. */
    private static final int ASKING_MAX = 50;

    private final Secret<List<SigningKey>> keys;
    private final Semaphore asking = new Semaphore(ASKING_MAX);

    @Autowired
    SigningKeys(IdentityProperties properties, Secrets secrets) {
        this(
                secrets.has(SecretName.SIGNING_KEYS)
                        ? secrets.keep(SecretName.SIGNING_KEYS, SigningKeys::read)
                        : Secret.fixed(given(properties)));
    }

    SigningKeys(Secret<List<SigningKey>> keys) {
        this.keys = keys;
    }

    SigningKey signing() {
        return keys.value().getFirst();
    }

    Optional<SecretKey> find(String kid) {
        var known = find(keys.value(), kid);
        if (known.isPresent() || !asking.tryAcquire()) {
            return known;
        }
        try {
            return find(keys.readAgain(), kid);
        } finally {
            asking.release();
        }
    }

    private static Optional<SecretKey> find(List<SigningKey> keys, String kid) {
        return keys.stream()
                .filter(key -> key.kid.equals(kid))
                .map(SigningKey::key)
                .findFirst();
    }

    /** Either one key, as CloudFormation can generate it, or the list of them. */
    static List<SigningKey> read(JsonNode json) {
        if (!json.has("keys")) {
            return List.of(key(SecretReader.text(json, "kid"), SecretReader.text(json, "secret")));
        }
        var keys = json.path("keys")
                .valueStream()
                .map(key -> key(SecretReader.text(key, "kid"), SecretReader.text(key, "secret")))
                .toList();
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("has no key in \"keys\"");
        }
        if (keys.stream().map(SigningKey::kid).distinct().count() < keys.size()) {
            throw new IllegalArgumentException("has two keys with the same \"kid\"");
        }
        return keys;
    }

    private static List<SigningKey> given(IdentityProperties properties) {
        try {
            var keys = properties.signingKeys().stream()
                    .map(key -> key(key.kid(), key.secret()))
                    .toList();
            if (!keys.isEmpty()) {
                return keys;
            }
        } catch (IllegalArgumentException failure) {
            throw problem("A key of access tokens " + failure.getMessage() + ".");
        }
        throw problem("There is no key to sign access tokens with.");
    }

    private static StartProblem problem(String what) {
        return new StartProblem(
                what,
                "Set TEALDESK_IDENTITY_SIGNINGKEYS_0_KID to any name and TEALDESK_IDENTITY_SIGNINGKEYS_0_SECRET to what"
                        + " `openssl rand -base64 48` prints.");
    }

    private static SigningKey key(String kid, String secret) {
        try {
            return new SigningKey(kid, Keys.hmacShaKeyFor(Base64.getDecoder().decode(secret)));
        } catch (WeakKeyException e) {
            throw new IllegalArgumentException("\"" + kid + "\" is shorter than 32 bytes");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"" + kid + "\" is not Base64");
        }
    }

    record SigningKey(String kid, SecretKey key) {

        @Override
        public String toString() {
            return "SigningKey[kid=" + kid + ']';
        }
    }
}
