package io.tealdesk.infra.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The files of a checkout, read when they are asked for and kept. A changed copy shares all other files with its
 * original, which makes it cheap to ask "and if this line were different?".
 */
public final class SourceTree {

    private static final Set<String> NOT_OURS = Set.of(".git", "node_modules", "target", ".node", ".tealdesk");

    private final Path root;
    private final Map<String, String> changedTexts;
    private final Map<String, Node> changedNodes;
    private final Map<String, String> texts;
    private final Map<String, Node> nodes;
    private final List<String> paths;
    private final Set<String> known;

    private SourceTree(
            Path root,
            List<String> paths,
            Map<String, String> changedTexts,
            Map<String, Node> changedNodes,
            Map<String, String> texts,
            Map<String, Node> nodes) {
        this.root = root;
        this.paths = paths;
        this.known = Set.copyOf(paths);
        this.changedTexts = changedTexts;
        this.changedNodes = changedNodes;
        this.texts = texts;
        this.nodes = nodes;
    }

    public static SourceTree at(Path root) {
        return new SourceTree(
                root, walk(root), Map.of(), Map.of(), new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
    }

    /** Every file, as a path from the root with slashes, in order. */
    public List<String> paths() {
        return paths;
    }

    /** The files whose whole path matches the regular expression. */
    public List<String> paths(String pattern) {
        return paths.stream().filter(path -> path.matches(pattern)).toList();
    }

    public boolean has(String path) {
        return known.contains(path);
    }

    public String text(String path) {
        String changed = changedTexts.get(path);
        return changed != null ? changed : texts.computeIfAbsent(path, this::read);
    }

    public List<String> lines(String path) {
        return text(path).lines().toList();
    }

    /** A YAML or JSON file. */
    public Node yaml(String path) {
        Node changed = changedNodes.get(path);
        if (changed != null) {
            return changed;
        }
        String text = changedTexts.get(path);
        return text != null
                ? YamlReader.read(path, text)
                : nodes.computeIfAbsent(path, wanted -> YamlReader.read(wanted, text(wanted)));
    }

    public Optional<Node> yamlIfThere(String path) {
        return has(path) ? Optional.of(yaml(path)) : Optional.empty();
    }

    public SourceTree with(String path, String text) {
        Map<String, String> changed = new LinkedHashMap<>(changedTexts);
        changed.put(path, text);
        Map<String, Node> otherNodes = new LinkedHashMap<>(changedNodes);
        otherNodes.remove(path);
        return new SourceTree(root, pathsWith(path), changed, otherNodes, texts, nodes);
    }

    public SourceTree with(String path, UnaryOperator<Node> change) {
        Map<String, Node> changed = new LinkedHashMap<>(changedNodes);
        changed.put(path, change.apply(yaml(path)));
        return new SourceTree(root, paths, changedTexts, changed, texts, nodes);
    }

    public SourceTree without(String path) {
        List<String> others =
                paths.stream().filter(other -> !other.equals(path)).toList();
        return new SourceTree(root, others, changedTexts, changedNodes, texts, nodes);
    }

    private List<String> pathsWith(String path) {
        return has(path)
                ? paths
                : Stream.concat(paths.stream(), Stream.of(path)).sorted().toList();
    }

    private String read(String path) {
        if (!has(path)) {
            throw new UnreadableFile(new Place(path, 0), "the file is missing", null);
        }
        try {
            return Files.readString(root.resolve(path));
        } catch (IOException e) {
            throw new UnreadableFile(new Place(path, 0), "cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<String> walk(Path root) {
        Map<String, Path> found = new TreeMap<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    boolean ours = directory.equals(root)
                            || !NOT_OURS.contains(directory.getFileName().toString());
                    return ours ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    found.put(root.relativize(file).toString().replace('\\', '/'), file);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(found.keySet());
    }
}
