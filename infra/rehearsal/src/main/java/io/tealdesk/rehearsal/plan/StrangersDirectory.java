package io.tealdesk.rehearsal.plan;

import io.tealdesk.infra.files.Place;
import io.tealdesk.infra.files.SourceTree;
import io.tealdesk.infra.files.Stacks;
import io.tealdesk.infra.files.UnreadableFile;
import io.tealdesk.infra.rules.Half;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory that holds some of the files, or all. What it does not hold is this repository's, but a pair stays
 * together: the one of an application specification and a task definition without the other is missing.
 *
 * @param own what the directory holds
 * @param repositorys what is read from the repository instead
 */
public record StrangersDirectory(Path directory, SourceTree tree, List<String> own, List<String> repositorys) {

    /** @throws UnreadableFile when there is nothing to read */
    public static StrangersDirectory of(Path directory, SourceTree repository, String environment) {
        List<String> own = new ArrayList<>();
        List<String> repositorys = new ArrayList<>();
        SourceTree tree = repository;
        for (String path : readFrom(repository, environment)) {
            if (Files.isRegularFile(directory.resolve(path))) {
                own.add(path);
                tree = tree.with(path, text(directory, path));
            } else if (hasTheOther(directory, path)) {
                tree = tree.without(path);
            } else {
                repositorys.add(path);
            }
        }
        if (own.isEmpty()) {
            throw new UnreadableFile(
                    new Place(directory.toString(), 0),
                    Files.isDirectory(directory)
                            ? "holds none of the files that a rehearsal reads: "
                                    + String.join(", ", DeploymentFiles.sources())
                            : "there is no such directory");
        }
        return new StrangersDirectory(directory, withNeighbours(directory, tree), own, repositorys);
    }

    /** A place as somebody opens it who stands where the command was typed. */
    public String openable(Place place) {
        boolean missing = !repositorys.contains(place.file()) && !tree.has(place.file());
        boolean here = own.contains(place.file()) || missing;
        return (here ? new Place(directory.resolve(place.file()).toString(), place.line()) : place).toString();
    }

    private static List<String> readFrom(SourceTree repository, String environment) {
        return Stream.concat(
                        Stream.of(Half.values()).flatMap(half -> Stream.of(half.appSpec, half.taskDefinition)),
                        Stream.concat(
                                repository.paths(Stacks.TEMPLATES + "[a-z]+\\.yaml").stream(),
                                Stream.of(Stacks.environmentFile(environment))))
                .toList();
    }

    private static boolean hasTheOther(Path directory, String path) {
        return Stream.of(Half.values())
                .filter(half -> path.equals(half.appSpec) || path.equals(half.taskDefinition))
                .anyMatch(half -> Files.exists(directory.resolve(half.appSpec))
                        || Files.exists(directory.resolve(half.taskDefinition)));
    }

    /** So that a file of nearly the right name is noticed. */
    private static SourceTree withNeighbours(Path directory, SourceTree tree) {
        SourceTree all = tree;
        for (String folder : List.of("", "frontend/")) {
            for (String name : names(directory.resolve(folder))) {
                boolean alike = name.matches("(appspec|task).*\\.(ya?ml|json)") && !all.has(folder + name);
                all = alike ? all.with(folder + name, "") : all;
            }
        }
        return all;
    }

    private static List<String> names(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path directory, String path) {
        try {
            return Files.readString(directory.resolve(path));
        } catch (CharacterCodingException e) {
            throw new UnreadableFile(new Place(path, 0), "the file is not in UTF-8");
        } catch (IOException e) {
            throw new UnreadableFile(new Place(path, 0), "cannot be read: " + e.getMessage());
        }
    }
}
