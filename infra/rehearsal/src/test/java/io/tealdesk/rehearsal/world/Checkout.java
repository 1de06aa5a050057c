package io.tealdesk.rehearsal.world;

import io.tealdesk.infra.files.SourceTree;
import io.tealdesk.rehearsal.plan.DeploymentFiles;
import io.tealdesk.rehearsal.plan.DeploymentPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** This repository. */
final class Checkout {

    static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    static final SourceTree SOURCE = SourceTree.at(ROOT);
    static final DeploymentPlan PLAN = DeploymentFiles.read(SOURCE);

    private Checkout() {}

    /** Named by the environment, or built just now. */
    static Optional<Path> jar() throws IOException {
        String named = System.getenv("TEALDESK_REHEARSAL_JAR");
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        Path target = ROOT.resolve("backend/target");
        if (Files.notExists(target)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().matches("tealdesk-backend-.*\\.jar"))
                    .findFirst();
        }
    }
}
