package io.tealdesk.identity;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of sign-in.
 *
 * @param signingKeys keys of access tokens. The first signs, all verify: so a new key is introduced behind the old one,
 *     moved to the front once every task knows it, and the old one is dropped ten minutes later
 * @param firstAdministrator created at the first start of an empty desk; without it one is made up and printed once
 */
@Validated
@ConfigurationProperties("tealdesk.identity")
record IdentityProperties(
        @NotEmpty List<@Valid SigningKey> signingKeys,
        @DefaultValue("10m") Duration accessTokenLifetime,
        @DefaultValue("30d") Duration sessionLifetime,
        @Nullable FirstAdministrator firstAdministrator) {

    /** @param secret Base64 of at least 32 random bytes */
    record SigningKey(@NotBlank String kid, @NotBlank String secret) {

        @Override
        public String toString() {
            return "SigningKey[kid=" + kid + ']';
        }
    }

    record FirstAdministrator(
            @NotBlank String email, @NotBlank String password) {

        @Override
        public String toString() {
            return "FirstAdministrator[email=" + email + ']';
        }
    }
}
