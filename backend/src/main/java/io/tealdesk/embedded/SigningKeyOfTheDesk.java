package io.tealdesk.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.Profiles;

/** Gives an embedded desk its own key for access tokens, made once and kept, so that a restart ends no session. */
class SigningKeyOfTheDesk implements EnvironmentPostProcessor, Ordered {

    private static final int BYTES = 32;

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (environment.acceptsProfiles(Profiles.of("embedded"))) {
            var directory = Path.of(environment.getProperty("tealdesk.embedded.directory", ".tealdesk"));
            // Last, so that keys from anywhere else come first.
            environment
                    .getPropertySources()
                    .addLast(new MapPropertySource(
                            "signing key of the embedded desk",
                            Map.of(
                                    "tealdesk.identity.signing-keys[0].kid",
                                    "embedded",
                                    "tealdesk.identity.signing-keys[0].secret",
                                    key(directory.toAbsolutePath().normalize()))));
        }
    }

    private static String key(Path directory) {
        try {
            Files.createDirectories(directory);
            var file = directory.resolve("signing-key");
            if (!Files.exists(file)) {
                write(file);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot keep a signing key in " + directory, e);
        }
    }

    private static void write(Path file) throws IOException {
        var secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        try {
            Files.writeString(file, Base64.getEncoder().encodeToString(secret), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            return;
        }
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    /** After the configuration files, which say where the directory is. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
