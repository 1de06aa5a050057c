package io.tealdesk.secrets;

import io.tealdesk.shared.StartProblem;
import io.tealdesk.shared.StartProblem.Missing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Hands secrets out, and keeps those in use up to date. */
public class Secrets implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Secrets.class);

    private final SecretsProperties properties;
    private final SecretStore store;
    private final List<Secret<?>> inUse = new CopyOnWriteArrayList<>();
    private final Thread refresh = Thread.ofVirtual().name("secrets").unstarted(this::refreshEveryNowAndThen);

    /** @param needed what this start cannot do without, where secrets are required at all */
    Secrets(SecretsProperties properties, Supplier<SecretsManagerClient> client, Set<SecretName> needed) {
        this.properties = properties;
        this.store = new SecretStore(client);
        if (properties.required()) {
            checkThere(needed);
        }
        refresh.start();
    }

    /** Whether the settings name it. */
    public boolean has(SecretName name) {
        return properties.id(name).isPresent();
    }

    /** A secret that is read again while the application runs. */
    public <T> Secret<T> keep(SecretName name, SecretReader<T> reader) {
        try {
            var secret = Secret.of(source(name, reader));
            inUse.add(secret);
            return secret;
        } catch (SecretUnreadable failure) {
            throw problem(List.of(missing(name, failure)));
        }
    }

    /** A secret that is needed this once. */
    public <T> T read(SecretName name, SecretReader<T> reader) {
        try {
            return Secret.of(source(name, reader)).value();
        } catch (SecretUnreadable failure) {
            throw problem(List.of(missing(name, failure)));
        }
    }

    private void checkThere(Set<SecretName> needed) {
        var missing = new ArrayList<Missing>();
        for (var name : needed) {
            var id = properties.id(name);
            if (id.isEmpty()) {
                missing.add(new Missing(
                        "%s is not set: %s".formatted(name.variable(), name.meaning()),
                        "Set %s to the ARN of a secret of the shape %s.".formatted(name.variable(), name.shape())));
            } else {
                try {
                    store.read(name, id.get(), SecretStage.AWSCURRENT);
                } catch (SecretUnreadable failure) {
                    missing.add(missing(name, failure));
                }
            }
        }
        if (!missing.isEmpty()) {
            throw problem(missing);
        }
    }

    private static StartProblem problem(List<Missing> missing) {
        return StartProblem.of("Passwords or keys are missing:", missing);
    }

    private static Missing missing(SecretName name, SecretUnreadable failure) {
        return new Missing(
                "%s (%s): %s".formatted(name.variable(), name.meaning(), failure.getMessage()), failure.action());
    }

    private <T> Secret.Source<T> source(SecretName name, SecretReader<T> reader) throws SecretUnreadable {
        var id = properties
                .id(name)
                .orElseThrow(() -> new SecretUnreadable(
                        "is not set", "Set %s to the ARN of the secret.".formatted(name.variable())));
        return new Secret.Source<>() {
            @Override
            public String label() {
                return "The secret of " + name.variable();
            }

            @Override
            public Secret.Read<T> current() throws SecretUnreadable {
                var version = store.read(name, id, SecretStage.AWSCURRENT).orElseThrow();
                return new Secret.Read<>(version.id(), value(version));
            }

            @Override
            public Optional<T> staged(SecretStage stage) throws SecretUnreadable {
                var version = store.read(name, id, stage);
                return version.isEmpty() ? Optional.empty() : Optional.of(value(version.get()));
            }

            private T value(SecretStore.Version version) throws SecretUnreadable {
                try {
                    return reader.read(version.content());
                } catch (IllegalArgumentException failure) {
                    throw SecretStore.malformed(name, id, String.valueOf(failure.getMessage()));
                }
            }
        };
    }

    private void refreshEveryNowAndThen() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(properties.refreshEvery());
            } catch (InterruptedException e) {
                return;
            }
            refreshAll();
        }
    }

    private void refreshAll() {
        for (var secret : inUse) {
            try {
                secret.refresh();
            } catch (RuntimeException failure) {
                log.warn("Could not refresh {}", secret, failure);
            }
        }
    }

    @Override
    public void close() {
        refresh.interrupt();
    }
}
