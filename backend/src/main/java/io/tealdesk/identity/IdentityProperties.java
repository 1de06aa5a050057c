package io.tealdesk.identity;

import io.tealdesk.secrets.SecretReader;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;
import tools.jackson.databind.JsonNode;

/**
 * Settings of sign-in.
 *
 * @param signingKeys keys of access tokens. The first signs, all verify: so a new key is introduced behind the old one,
 *     moved to the front once every task knows it, and the old one is dropped ten minutes later
 * @param firstAdministrator created at the first start of an empty desk
 * @param makesUpFirstAdministrator whether one is made up and printed once where none is given
 * @param syntheticCustomer whom release checks sign in as; without it there is none
 */
@Validated
@ConfigurationProperties("tealdesk.identity")
record IdentityProperties(
        @DefaultValue List<@Valid SigningKey> signingKeys,
        @DefaultValue("10m") Duration accessTokenLifetime,
        @DefaultValue("30d") Duration sessionLifetime,
        @Nullable Login firstAdministrator,
        @DefaultValue("true") boolean makesUpFirstAdministrator,
        @Nullable Login syntheticCustomer) {

    /** @param secret Base64 of at least 32 random bytes */
    record SigningKey(@NotBlank String kid, @NotBlank String secret) {

        @Override
        public String toString() {
            return "SigningKey[kid=" + kid + ']';
        }
    }

    record Login(@NotBlank String email, @NotBlank String password) {

        static Login read(JsonNode json) {
            return new Login(SecretReader.text(json, "email").strip(), SecretReader.text(json, "password"));
        }

        @Override
        public String toString() {
            return "Login[email=" + email + ']';
        }
    }
}
