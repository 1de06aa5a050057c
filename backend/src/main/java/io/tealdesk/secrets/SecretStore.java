package io.tealdesk.secrets;

import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads Secrets Manager, and turns what goes wrong into a sentence that an operator can act upon. */
class SecretStore {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Supplier<SecretsManagerClient> client;

    SecretStore(Supplier<SecretsManagerClient> client) {
        this.client = client;
    }

    /** Empty when the secret has no version of that stage. */
    Optional<Version> read(SecretName name, String id, SecretStage stage) throws SecretUnreadable {
        try {
            var answer =
                    client.get().getSecretValue(request -> request.secretId(id).versionStage(stage.name()));
            return Optional.of(new Version(answer.versionId(), json(name, id, answer.secretString())));
        } catch (ResourceNotFoundException failure) {
            if (stage != SecretStage.AWSCURRENT) {
                return Optional.empty();
            }
            throw new SecretUnreadable(
                    "the secret %s does not exist or has no value".formatted(id),
                    "Deploy the data stack, and set %s to the ARN that it exports.".formatted(name.variable()));
        } catch (InvalidRequestException failure) {
            throw new SecretUnreadable(
                    "the secret %s cannot be used: %s".formatted(id, reason(failure)),
                    "Restore it if it is to be deleted (aws secretsmanager restore-secret).");
        } catch (SecretsManagerException failure) {
            throw new SecretUnreadable(
                    "Secrets Manager refuses the secret %s: %s".formatted(id, reason(failure)),
                    "Let the task's role read it: secretsmanager:GetSecretValue on its ARN, kms:Decrypt on its key.");
        } catch (SdkException failure) {
            throw new SecretUnreadable(
                    "Secrets Manager cannot be asked for the secret %s: %s".formatted(id, failure.getMessage()),
                    "See that AWS_REGION is set, that the task has a role, and that its subnets reach Secrets Manager.");
        }
    }

    /** Jackson's own message may quote the text, so it is not passed on. */
    private static JsonNode json(SecretName name, String id, String text) throws SecretUnreadable {
        try {
            var json = JSON.readTree(text == null ? "" : text);
            if (json.isObject()) {
                return json;
            }
        } catch (JacksonException e) {
            // Said below, for whatever is not an object.
        }
        throw malformed(name, id, "is not a JSON object");
    }

    static SecretUnreadable malformed(SecretName name, String id, String what) {
        return new SecretUnreadable(
                "the secret %s %s".formatted(id, what), "Give it the shape %s.".formatted(name.shape()));
    }

    private static String reason(SecretsManagerException failure) {
        var details = failure.awsErrorDetails();
        return details == null
                ? String.valueOf(failure.getMessage())
                : details.errorCode() + ", " + details.errorMessage();
    }

    record Version(String id, JsonNode content) {

        @Override
        public String toString() {
            return "Version[" + id + ']';
        }
    }
}
