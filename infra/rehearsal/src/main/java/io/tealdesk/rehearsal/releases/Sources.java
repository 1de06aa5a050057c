package io.tealdesk.rehearsal.releases;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Finds states of the repository by what people call them. */
final class Sources {

    /** What stands in the folder now, committed or not. */
    static final String WORKING_TREE = "working-tree";

    private static final int SHORT = 12;

    private final Path repository;
    private final Command git;

    Sources(Path repository) {
        this.repository = repository;
        git = new Command(repository);
    }

    Source named(String name) {
        return name.equals(WORKING_TREE) ? workingTree() : commit(name);
    }

    /** @throws ReleaseUnavailable when there is none of this name */
    void lookFor(String name) {
        if (!name.equals(WORKING_TREE)) {
            commit(name);
        }
    }

    /**
     * The last commit that passed on main: where main is on the server, for nothing gets there without passing. On that
     * very commit with nothing changed it is the one before, because a release is rehearsed against what it replaces.
     */
    Source lastThatPassed() {
        Source now = workingTree();
        for (String main : new String[] {"refs/remotes/origin/main", "refs/heads/main"}) {
            if (exists(main) && !commit(main).tree().equals(now.tree())) {
                return commit(main);
            }
        }
        if (!exists("HEAD^")) {
            throw new ReleaseUnavailable("There is no commit before this one to rehearse against: give --from, or fetch"
                    + " more of the history (git fetch --deepen 1).");
        }
        return commit("HEAD^");
    }

    private Source commit(String reference) {
        if (!exists(reference)) {
            throw new ReleaseUnavailable(
                    "\"%s\" is no commit here. Give a Git reference, \"%s\", files:JAR,SITE or images:BACKEND,FRONTEND."
                            .formatted(reference, WORKING_TREE));
        }
        String commit = git.read("git", "rev-parse", reference + "^{commit}");
        String called = reference.replaceFirst("^refs/(remotes|heads)/", "");
        String label = commit.startsWith(reference)
                ? commit.substring(0, SHORT)
                : called + " (" + commit.substring(0, SHORT) + ")";
        return new Source(
                repository, commit.substring(0, SHORT), label, git.read("git", "rev-parse", commit + "^{tree}"));
    }

    private boolean exists(String reference) {
        try {
            git.read("git", "rev-parse", "--verify", "--quiet", reference + "^{commit}");
            return true;
        } catch (ReleaseUnavailable unknown) {
            return false;
        }
    }

    /** As Git would commit it now, with an index of its own so that the user's is left alone. */
    private Source workingTree() {
        try {
            Path index = Files.createTempDirectory("tealdesk-index");
            try {
                Command aside = new Command(
                        repository,
                        Map.of("GIT_INDEX_FILE", index.resolve("index").toString()));
                aside.read("git", "read-tree", "HEAD");
                aside.read("git", "add", "--all");
                String tree = aside.read("git", "write-tree");
                String head = git.read("git", "rev-parse", "HEAD");
                if (tree.equals(git.read("git", "rev-parse", "HEAD^{tree}"))) {
                    return new Source(
                            repository,
                            head.substring(0, SHORT),
                            "working tree (" + head.substring(0, SHORT) + ")",
                            tree);
                }
                return new Source(
                        repository,
                        "work-" + tree.substring(0, SHORT),
                        "working tree (" + head.substring(0, SHORT) + " and changes)",
                        tree);
            } finally {
                Files.deleteIfExists(index.resolve("index"));
                Files.deleteIfExists(index);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
