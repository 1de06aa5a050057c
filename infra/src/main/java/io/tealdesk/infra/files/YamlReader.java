package io.tealdesk.infra.files;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads YAML, and JSON, which is a part of it. CloudFormation's short tags become the long form: {@code !Sub x} is the
 * map {@code Fn::Sub: x}, so that there is one shape to understand. Merge keys, which
 * compose files use, are resolved.
 */
final class YamlReader {

    private static final String MERGE_KEY = "<<";
    private static final Set<String> TAGS_WITHOUT_PREFIX = Set.of("Ref", "Condition");

    private final String file;

    /** Those around what is read just now; one that is found inside itself would never end. */
    private final Set<org.yaml.snakeyaml.nodes.Node> open = Collections.newSetFromMap(new IdentityHashMap<>());

    private YamlReader(String file) {
        this.file = file;
    }

    static Node read(String file, String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(200);
        try {
            org.yaml.snakeyaml.nodes.Node root = new Yaml(options).compose(new StringReader(text));
            return root == null ? Node.absent(new Place(file, 1), "") : new YamlReader(file).node(root, "");
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            throw new UnreadableFile(new Place(file, line), broken(file, problem(e)), e);
        } catch (YAMLException e) {
            String firstLine =
                    String.valueOf(e.getMessage()).lines().findFirst().orElse("no YAML");
            throw new UnreadableFile(new Place(file, 0), broken(file, firstLine), e);
        }
    }

    private static String broken(String file, String problem) {
        return "this is no " + (file.endsWith(".json") ? "JSON" : "YAML") + ": " + problem;
    }

    /** Where the problem is the second half of a sentence, its context is the first. */
    private static String problem(MarkedYAMLException e) {
        String problem = String.valueOf(e.getProblem());
        return problem.startsWith("but ") && e.getContext() != null ? e.getContext() + ", " + problem : problem;
    }

    private Node node(org.yaml.snakeyaml.nodes.Node yaml, String path) {
        Place place = new Place(file, yaml.getStartMark().getLine() + 1);
        if (!open.add(yaml)) {
            throw new UnreadableFile(place, "what an alias stands for contains the alias itself");
        }
        try {
            return node(yaml, place, path);
        } finally {
            open.remove(yaml);
        }
    }

    private Node node(org.yaml.snakeyaml.nodes.Node yaml, Place place, String path) {
        String tag = yaml.getTag().getValue();
        if (!tag.startsWith("!")) {
            return plain(yaml, place, path);
        }
        String name = tag.substring(1);
        String function = TAGS_WITHOUT_PREFIX.contains(name) ? name : "Fn::" + name;
        Node argument = plain(yaml, place, path + "/" + function);
        if (function.equals("Fn::GetAtt") && argument.isText()) {
            String[] parts = argument.text().split("\\.", 2);
            argument = Node.list(
                    place,
                    argument.path(),
                    List.of(
                            Node.text(place, argument.path() + "/0", parts[0]),
                            Node.text(place, argument.path() + "/1", parts.length > 1 ? parts[1] : "")));
        }
        return Node.map(place, path, Map.of(function, argument));
    }

    private Node plain(org.yaml.snakeyaml.nodes.Node yaml, Place place, String path) {
        return switch (yaml) {
            case ScalarNode scalar ->
                scalar.getScalarStyle() == ScalarStyle.PLAIN
                        ? Node.text(place, path, scalar.getValue())
                        : Node.quoted(place, path, scalar.getValue());
            case SequenceNode sequence -> {
                List<Node> items = new ArrayList<>();
                for (org.yaml.snakeyaml.nodes.Node item : sequence.getValue()) {
                    items.add(node(item, below(path, String.valueOf(items.size()))));
                }
                yield Node.list(place, path, items);
            }
            case MappingNode mapping -> {
                Map<String, Node> entries = new LinkedHashMap<>();
                List<Node> merged = new ArrayList<>();
                for (NodeTuple tuple : mapping.getValue()) {
                    Place keyPlace =
                            new Place(file, tuple.getKeyNode().getStartMark().getLine() + 1);
                    if (!(tuple.getKeyNode() instanceof ScalarNode scalarKey)) {
                        throw new UnreadableFile(keyPlace, "a key has to be a plain text");
                    }
                    String key = scalarKey.getValue();
                    if (entries.containsKey(key)) {
                        throw new UnreadableFile(keyPlace, "the key " + key + " stands here twice");
                    }
                    Node value = node(tuple.getValueNode(), below(path, key));
                    if (key.equals(MERGE_KEY)) {
                        merged.addAll(value.isList() ? value.items() : List.of(value));
                        continue;
                    }
                    // An entry is looked for where its key stands, not where a nested value begins.
                    entries.put(key, value.standingAt(keyPlace));
                }
                // What the map says itself goes before, then the first of several.
                merged.forEach(other -> other.entries().forEach(entries::putIfAbsent));
                yield Node.map(place, path, entries);
            }
            default -> Node.absent(place, path);
        };
    }

    private static String below(String path, String key) {
        return path.isEmpty() ? key : path + "/" + key;
    }
}
