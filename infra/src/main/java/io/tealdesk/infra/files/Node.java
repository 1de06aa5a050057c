package io.tealdesk.infra.files;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A value of a YAML or JSON file that knows where it stands. What is not there is a node too, an absent one, so that a
 * path can be walked without asking at each step.
 */
public final class Node {

    private enum Kind {
        ABSENT,
        TEXT,
        LIST,
        MAP
    }

    private final Place place;
    private final String path;
    private final Kind kind;
    private final String text;
    private final boolean quoted;
    private final List<Node> items;
    private final Map<String, Node> entries;

    private Node(
            Place place,
            String path,
            Kind kind,
            String text,
            boolean quoted,
            List<Node> items,
            Map<String, Node> entries) {
        this.place = place;
        this.path = path;
        this.kind = kind;
        this.text = text;
        this.quoted = quoted;
        this.items = items;
        this.entries = entries;
    }

    public static Node absent(Place place, String path) {
        return new Node(place, path, Kind.ABSENT, "", false, List.of(), Map.of());
    }

    public static Node text(Place place, String path, String text) {
        return new Node(place, path, Kind.TEXT, text, false, List.of(), Map.of());
    }

    static Node quoted(Place place, String path, String text) {
        return new Node(place, path, Kind.TEXT, text, true, List.of(), Map.of());
    }

    public static Node list(Place place, String path, List<Node> items) {
        return new Node(place, path, Kind.LIST, "", false, List.copyOf(items), Map.of());
    }

    public static Node map(Place place, String path, Map<String, Node> entries) {
        return new Node(
                place, path, Kind.MAP, "", false, List.of(), Collections.unmodifiableMap(new LinkedHashMap<>(entries)));
    }

    public Place place() {
        return place;
    }

    Node standingAt(Place other) {
        return new Node(other, path, kind, text, quoted, items, entries);
    }

    public String file() {
        return place.file();
    }

    /** The way from the file's root, as {@code containerDefinitions/0/image}. */
    public String path() {
        return path;
    }

    public boolean isAbsent() {
        return kind == Kind.ABSENT;
    }

    public boolean isPresent() {
        return kind != Kind.ABSENT;
    }

    public boolean isText() {
        return kind == Kind.TEXT;
    }

    public boolean isQuoted() {
        return quoted;
    }

    public boolean isList() {
        return kind == Kind.LIST;
    }

    public boolean isMap() {
        return kind == Kind.MAP;
    }

    /** The scalar as written; empty for anything else. */
    public String text() {
        return text;
    }

    public boolean is(String expected) {
        return isText() && text.equals(expected);
    }

    public boolean isTrue() {
        return is("true");
    }

    public String textOr(String otherwise) {
        return isText() ? text : otherwise;
    }

    public int numberOr(int otherwise) {
        try {
            return isText() ? Integer.parseInt(text.strip()) : otherwise;
        } catch (NumberFormatException notANumber) {
            return otherwise;
        }
    }

    /** The list's items; a value that is no list stands for a list of itself, as CloudFormation and IAM read it. */
    public List<Node> items() {
        return switch (kind) {
            case ABSENT -> List.of();
            case LIST -> items;
            case TEXT, MAP -> List.of(this);
        };
    }

    public List<String> texts() {
        return items().stream().filter(Node::isText).map(Node::text).toList();
    }

    public Map<String, Node> entries() {
        return entries;
    }

    public Set<String> keys() {
        return entries.keySet();
    }

    public Collection<Node> values() {
        return entries.values();
    }

    public boolean has(String key) {
        return entries.containsKey(key);
    }

    public Node get(String key) {
        Node value = entries.get(key);
        return value != null ? value : absent(place, below(key));
    }

    public Node item(int index) {
        return index >= 0 && index < items.size() ? items.get(index) : absent(place, below(String.valueOf(index)));
    }

    /**
     * Walks a path: keys, indexes, {@code [Name=x]} for the list item with that entry, {@code <AWS::RDS::DBInstance>} for
     * the first resource of that type.
     */
    public Node at(String wanted) {
        Node current = this;
        for (String step : wanted.split("/", -1)) {
            current = current.step(step.replace("~1", "/"));
        }
        return current;
    }

    private Node step(String step) {
        String key = keyOf(step);
        return isList() ? item(key.matches("\\d+") ? Integer.parseInt(key) : -1) : get(key);
    }

    /** The plain key or index that a step of a path means here. */
    String keyOf(String step) {
        if (step.startsWith("<") && step.endsWith(">") && isMap()) {
            String type = step.substring(1, step.length() - 1);
            return entries.entrySet().stream()
                    .filter(entry -> entry.getValue().get("Type").is(type))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(step);
        }
        if (step.startsWith("[") && step.endsWith("]") && isList()) {
            int equals = step.indexOf('=');
            String key = step.substring(1, equals);
            String value = step.substring(equals + 1, step.length() - 1);
            for (int index = 0; index < items.size(); index++) {
                if (items.get(index).get(key).is(value)) {
                    return String.valueOf(index);
                }
            }
        }
        return step;
    }

    /** This node and everything below it. */
    public Stream<Node> walk() {
        return Stream.concat(
                Stream.of(this),
                Stream.concat(items.stream(), entries.values().stream()).flatMap(Node::walk));
    }

    /** Every scalar below, itself included. */
    public Stream<Node> scalars() {
        return walk().filter(Node::isText);
    }

    /** The same tree with each scalar's text changed. */
    public Node withTexts(UnaryOperator<String> change) {
        return switch (kind) {
            case ABSENT -> this;
            case TEXT -> new Node(place, path, kind, change.apply(text), quoted, items, entries);
            case LIST ->
                list(
                        place,
                        path,
                        items.stream().map(item -> item.withTexts(change)).toList());
            case MAP -> {
                Map<String, Node> changed = new LinkedHashMap<>();
                entries.forEach((key, value) -> changed.put(key, value.withTexts(change)));
                yield map(place, path, changed);
            }
        };
    }

    /** The same tree with another value at the path; an absent value takes the entry away. */
    public Node with(String wanted, Node value) {
        int slash = wanted.indexOf('/');
        String step = (slash < 0 ? wanted : wanted.substring(0, slash)).replace("~1", "/");
        String key = keyOf(step);
        String rest = slash < 0 ? "" : wanted.substring(slash + 1);
        if (isList()) {
            int index = key.equals("+") ? items.size() : Integer.parseInt(key);
            List<Node> changed = new ArrayList<>(items);
            Node next = rest.isEmpty() ? value : item(index).with(rest, value);
            if (index == items.size()) {
                changed.add(next);
            } else if (next.isAbsent()) {
                changed.remove(index);
            } else {
                changed.set(index, next);
            }
            return list(place, path, changed);
        }
        Map<String, Node> changed = new LinkedHashMap<>(entries);
        Node next = rest.isEmpty() ? value : get(key).with(rest, value);
        if (next.isAbsent()) {
            changed.remove(key);
        } else {
            changed.put(key, next);
        }
        return map(place, path, changed);
    }

    private String below(String key) {
        return path.isEmpty() ? key : path + "/" + key;
    }

    /** Compact JSON-like text, for messages and comparisons. */
    @Override
    public String toString() {
        return switch (kind) {
            case ABSENT -> "(nothing)";
            case TEXT -> text;
            case LIST -> items.stream().map(Node::toString).collect(Collectors.joining(", ", "[", "]"));
            case MAP ->
                entries.entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + entry.getValue())
                        .collect(Collectors.joining(", ", "{", "}"));
        };
    }
}
