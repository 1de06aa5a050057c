package io.tealdesk.rehearsal.releases;

import io.tealdesk.rehearsal.releases.Release.Images;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The release that runs and the one that replaces it, from what was given on the command line: a Git reference,
 * {@value Sources#WORKING_TREE}, {@code files:JAR,SITE} or {@code images:BACKEND,FRONTEND}.
 */
public final class Releases {

    /** What runs and what replaces it. */
    public record Pair(Release from, Release to) {}

    private static final String FILES = "files:";
    private static final String IMAGES = "images:";

    private final Path repository;
    private final Path kept;
    private final Consumer<String> progress;

    /**
     * @param kept where what has been built is kept for the next time
     */
    public Releases(Path repository, Path kept, Consumer<String> progress) {
        this.repository = repository;
        this.kept = kept;
        this.progress = progress;
    }

    /**
     * @param from null for the last commit that passed on main
     * @param to null for the working tree
     */
    public Pair asFiles(@Nullable String from, @Nullable String to) {
        FileBuilds builds = new FileBuilds(repository, kept);
        String wanted = to == null ? Sources.WORKING_TREE : to;
        refuse(IMAGES, "containers", from, wanted);
        // Looked for before anything is built: a name that is wrong must not cost the minutes of the other's build.
        if (wanted.startsWith(FILES)) {
            given(wanted, "to");
        } else {
            new Sources(repository).lookFor(wanted);
        }
        Release old;
        Path carriedFrom = null;
        if (from != null && from.startsWith(FILES)) {
            old = given(from, "from");
        } else {
            Source source = source(from);
            progress.accept("Building " + source.label() + " …");
            carriedFrom = builds.root(source, null);
            old = release(source, builds, carriedFrom);
        }
        if (wanted.startsWith(FILES)) {
            return different(old, given(wanted, "to"));
        }
        Source source = new Sources(repository).named(wanted);
        progress.accept("Building " + source.label() + " …");
        return different(old, release(source, builds, builds.root(source, carriedFrom)));
    }

    /**
     * One backend alone, without a site.
     *
     * @param wanted a Git reference, {@value Sources#WORKING_TREE}, {@code files:JAR}, or null for the working tree
     */
    public Release backend(@Nullable String wanted) {
        if (wanted != null && wanted.startsWith(FILES)) {
            Path jar = existing(wanted.substring(FILES.length()));
            return new Release("given", jar.getFileName().toString(), new Release.Files(jar, jar, jar));
        }
        return backend(new Sources(repository).named(wanted == null ? Sources.WORKING_TREE : wanted));
    }

    private Release backend(Source source) {
        progress.accept("Building " + source.label() + " …");
        Path jar = new FileBuilds(repository, kept).jar(source);
        return new Release(source.id(), source.label(), new Release.Files(jar, jar, jar));
    }

    /**
     * One release, with its site unless only a jar is given.
     *
     * @param wanted as for {@link #backend}, or {@code files:JAR,SITE}
     */
    public Release whole(@Nullable String wanted) {
        if (wanted != null && wanted.startsWith(FILES)) {
            return wanted.contains(",") ? given(wanted, "given") : backend(wanted);
        }
        Source source = new Sources(repository).named(wanted == null ? Sources.WORKING_TREE : wanted);
        progress.accept("Building " + source.label() + " …");
        FileBuilds builds = new FileBuilds(repository, kept);
        return release(source, builds, builds.root(source, null));
    }

    /**
     * Two backends without their sites.
     *
     * @param from null for the last commit that passed on main
     * @param to null for the working tree
     */
    public Pair asBackends(@Nullable String from, @Nullable String to) {
        String wanted = to == null ? Sources.WORKING_TREE : to;
        // Looked for before the other one is built.
        if (wanted.startsWith(FILES)) {
            existing(wanted.substring(FILES.length()));
        } else {
            new Sources(repository).lookFor(wanted);
        }
        return different(from == null ? backend(source(null)) : backend(from), backend(wanted));
    }

    /** The release that runs and the one that replaces it, as images. */
    public Pair asImages(@Nullable String from, @Nullable String to) {
        ImageBuilds builds = new ImageBuilds(kept);
        String wanted = to == null ? Sources.WORKING_TREE : to;
        refuse(FILES, "process", from, wanted);
        if (wanted.startsWith(IMAGES)) {
            givenImages(wanted);
        } else {
            new Sources(repository).lookFor(wanted);
        }
        Release old;
        if (from != null && from.startsWith(IMAGES)) {
            old = givenImages(from);
        } else {
            Source source = source(from);
            progress.accept("Building the images of " + source.label() + " …");
            old = new Release(source.id(), source.label(), builds.build(source, null));
        }
        if (wanted.startsWith(IMAGES)) {
            return different(old, givenImages(wanted));
        }
        Source source = new Sources(repository).named(wanted);
        progress.accept("Building the images of " + source.label() + " …");
        String predecessor = ((Images) old.parts()).frontend();
        return different(old, new Release(source.id(), source.label(), builds.build(source, predecessor)));
    }

    private static void refuse(String kind, String mode, @Nullable String from, String to) {
        for (String name : new String[] {from == null ? "" : from, to}) {
            if (name.startsWith(kind)) {
                throw new ReleaseUnavailable("\"" + name + "\" can only be played with --mode " + mode + ".");
            }
        }
    }

    private Source source(@Nullable String from) {
        Sources sources = new Sources(repository);
        return from == null ? sources.lastThatPassed() : sources.named(from);
    }

    private static Release release(Source source, FileBuilds builds, Path root) {
        return new Release(
                source.id(),
                source.label(),
                new Release.Files(builds.jar(source), FileBuilds.site(root), builds.nginx(root)));
    }

    private Release given(String files, String id) {
        List<String> parts = List.of(files.substring(FILES.length()).split(",", -1));
        if (parts.size() != 2 || parts.contains("")) {
            throw new ReleaseUnavailable(
                    "\"" + files + "\" should be files:JAR,SITE, the backend's jar and the folder of" + " index.html.");
        }
        Path jar = existing(parts.get(0));
        Path site = existing(parts.get(1));
        existing(site.resolve("index.html").toString());
        return new Release(
                id, jar.getFileName().toString(), new Release.Files(jar, site, repository.resolve("frontend/nginx")));
    }

    private static Path existing(String path) {
        Path file = Path.of(path).toAbsolutePath().normalize();
        if (!Files.exists(file)) {
            throw new ReleaseUnavailable(
                    file + " is not there. Give files:JAR,SITE, the backend's jar and the folder of index.html.");
        }
        return file;
    }

    private static Release givenImages(String images) {
        List<String> parts = List.of(images.substring(IMAGES.length()).split(",", -1));
        if (parts.size() != 2 || parts.contains("")) {
            throw new ReleaseUnavailable("\"" + images + "\" should be images:BACKEND,FRONTEND.");
        }
        Command docker = new Command(Path.of(".").toAbsolutePath());
        for (String image : parts) {
            docker.read("docker", "image", "inspect", "--format", "{{.Id}}", image);
        }
        String release = docker.read(
                "docker",
                "image",
                "inspect",
                "--format",
                "{{index .Config.Labels \"org.opencontainers.image.revision\"}}",
                parts.get(0));
        return new Release(release, parts.get(0), new Images(parts.get(0), parts.get(1)));
    }

    /** Answers are told apart by their release, so the same one against itself needs two names. */
    private static Pair different(Release from, Release to) {
        return from.id().equals(to.id())
                ? new Pair(from, new Release(to.id() + "-again", to.label(), to.parts()))
                : new Pair(from, to);
    }
}
