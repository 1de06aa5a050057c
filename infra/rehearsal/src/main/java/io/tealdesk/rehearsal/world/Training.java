package io.tealdesk.rehearsal.world;

import io.tealdesk.infra.files.SourceTree;
import io.tealdesk.rehearsal.plan.Color;
import io.tealdesk.rehearsal.plan.ServicePlan;
import io.tealdesk.rehearsal.recording.Recording;
import io.tealdesk.rehearsal.releases.Release;
import io.tealdesk.rehearsal.world.Task.CpuPriority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Gives a backend's jar what its image has: an AOT cache, made by a run of the desk on a world of its own, as
 * infra/images/train-backend.sh makes it while the image is built. Without one a starting task costs twice the CPU, and
 * its first answers are slower than any on AWS. Kept beside the jar.
 */
public final class Training {

    private static final String JAR = "tealdesk.jar";
    private static final String CACHE = "tealdesk.aot";
    private static final String TRAINED = "trained";
    private static final long ENDS_WITHIN_SECONDS = 300;

    private final SourceTree source;
    private final ServicePlan backend;
    private final Consumer<String> progress;

    public Training(SourceTree source, ServicePlan backend, Consumer<String> progress) {
        this.source = source;
        this.backend = backend;
        this.progress = progress;
    }

    /** Trains the release's backend unless that was done before. When it fails, it runs without, only slower. */
    public void train(Release release) throws InterruptedException {
        if (!(release.parts() instanceof Release.Files files)) {
            return;
        }
        Path folder = folder(files.jar(), JvmOptions.of(source, backend.task()));
        if (Files.exists(folder.resolve(TRAINED))) {
            return;
        }
        progress.accept("Training the backend of " + release.label() + " …");
        try {
            Trees.delete(folder);
            extract(files.jar(), folder);
            train(release, folder);
            Files.createFile(folder.resolve(TRAINED));
        } catch (IOException | SQLException | ExecutionException | TimeoutException | RuntimeException failure) {
            progress.accept("It runs without an AOT cache: " + failure.getMessage());
        }
    }

    /** What the JVM is to run for a jar: the trained one where there is one. */
    static List<String> program(Path jar, List<String> options) {
        Path folder = folder(jar, options);
        return Files.exists(folder.resolve(TRAINED))
                ? List.of(
                        "-XX:AOTCache=" + folder.resolve(CACHE),
                        "-jar",
                        folder.resolve(JAR).toString())
                : List.of("-jar", jar.toAbsolutePath().toString());
    }

    private static List<String> learning(Path folder) {
        return List.of(
                "-Xlog:aot=error,cds=error",
                "-XX:AOTCacheOutput=" + folder.resolve(CACHE),
                "-jar",
                folder.resolve(JAR).toString());
    }

    /** The JVM takes a cache only for the very files, by path and time, and for the options it was made with. */
    private static Path folder(Path jar, List<String> options) {
        int key = Objects.hash(
                System.getProperty("java.vm.version"),
                options,
                jar.toFile().lastModified(),
                jar.toFile().length());
        return jar.toAbsolutePath().resolveSibling("trained-" + Integer.toHexString(key));
    }

    /** Spread out as in the image: there is no cache for jars within a jar. */
    private void extract(Path jar, Path folder) throws IOException, InterruptedException {
        Process extraction = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djarmode=tools",
                        "-jar",
                        jar.toString(),
                        "extract",
                        "--force",
                        "--destination",
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(extraction.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (extraction.waitFor() != 0) {
            throw new IOException("the jar cannot be extracted: " + said);
        }
        Files.move(folder.resolve(jar.getFileName()), folder.resolve(JAR));
    }

    private void train(Release release, Path folder)
            throws IOException, SQLException, InterruptedException, ExecutionException, TimeoutException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        int port = new Ports(loopback).next();
        URI desk = URI.create("http://" + loopback.getHostAddress() + ":" + port);
        try (World world = World.start(new WorldSettings(source, folder.resolve("world"), loopback, desk))) {
            Recording recording = new Recording(Clock.systemUTC());
            ProcessTasks tasks = new ProcessTasks(world, recording);
            for (String mode : List.of("prepare-database", "migrate")) {
                Tasks.CommandResult result = tasks.command(backend, release, mode, Map.of());
                if (result.exitCode() != 0) {
                    throw new IOException(mode + " failed: " + result.log());
                }
            }
            Task task = new ProcessTasks(world, recording, (jar, options) -> learning(folder))
                    .start(backend, release, Color.BLUE, port, Map.of("TEALDESK_SHUTDOWN_DELAY", "0s"));
            task.priority(CpuPriority.NORMAL);
            new TrainingRun(desk, world.administrator()).run(task);
            task.terminate();
            task.exit().get(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS);
            if (Files.notExists(folder.resolve(CACHE))) {
                throw new IOException("the JVM wrote no cache: " + Files.readString(task.log()));
            }
        }
        Trees.delete(folder.resolve("world"));
    }
}
