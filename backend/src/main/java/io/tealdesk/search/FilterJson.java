package io.tealdesk.search;

import io.tealdesk.search.FilterExpression.All;
import io.tealdesk.search.FilterExpression.Any;
import io.tealdesk.search.FilterExpression.Term;
import io.tealdesk.shared.Problem;
import io.tealdesk.shared.WellFormedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A filter as JSON: {@code {"all":[…]}}, {@code {"any":[…]}}, or a term
 * {@code {"property":"status","operator":"IN","values":["OPEN"]}}. What is wrong is answered with its path and with what
 * is allowed there.
 */
final class FilterJson {

    static final int LENGTH_MAX = 8000;

    private static final int VALUE_LENGTH_MAX = 200;
    private static final Set<String> TERM_MEMBERS = Set.of("property", "operator", "values");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String root;
    private int terms;

    private FilterJson(String root) {
        this.root = root;
    }

    /** @param field the parameter or member that holds the filter, with which every path begins */
    static FilterExpression parsed(String text, String field) {
        if (text.length() > LENGTH_MAX) {
            throw problem(field, "Size", "has at most " + LENGTH_MAX + " characters");
        }
        try {
            return read(JSON.readTree(text), field);
        } catch (JacksonException e) {
            throw problem(field, "Malformed", "must be JSON");
        }
    }

    static FilterExpression of(FilterNode node, String field) {
        return read(JSON.valueToTree(node), field);
    }

    /** Of a filter that was checked before it was kept. */
    static FilterNode node(String text) {
        return JSON.readValue(text, FilterNode.class);
    }

    private static FilterExpression read(JsonNode json, String field) {
        return new FilterJson(field).expression(json, field, 0);
    }

    static ObjectNode written(FilterExpression expression) {
        var object = JsonNodeFactory.instance.objectNode();
        switch (expression) {
            case All all -> write(object, "all", all.parts());
            case Any any -> write(object, "any", any.parts());
            case Term term -> {
                object.put("property", term.property().wireName());
                object.put("operator", term.operator().name());
                var values = object.putArray("values");
                term.values().forEach(values::add);
            }
        }
        return object;
    }

    private static void write(ObjectNode object, String name, List<FilterExpression> parts) {
        var array = object.putArray(name);
        parts.forEach(part -> array.add(written(part)));
    }

    static Problem problem(String path, String code, String message) {
        return Problem.invalidField(path, code, message);
    }

    private FilterExpression expression(JsonNode json, String path, int depth) {
        if (!json.isObject()) {
            throw problem(path, "Malformed", "must be an object: {\"all\":[…]}, {\"any\":[…]} or a term");
        }
        if (json.has("all") || json.has("any")) {
            return group(json, path, depth);
        }
        return term(json, path);
    }

    private FilterExpression group(JsonNode json, String path, int depth) {
        if (json.size() != 1) {
            throw problem(path, "Malformed", "has either \"all\" or \"any\" and nothing beside it");
        }
        if (depth == FilterExpression.DEPTH_MAX) {
            throw problem(path, "TooDeep", "groups nest at most " + FilterExpression.DEPTH_MAX + " deep");
        }
        var name = json.has("all") ? "all" : "any";
        var parts = json.get(name);
        if (!parts.isArray()) {
            throw problem(path + "." + name, "Malformed", "must be an array");
        }
        var read = new ArrayList<FilterExpression>();
        // A bound on groups as well: empty ones hold no term.
        if (parts.size() > FilterExpression.TERMS_MAX) {
            throw tooManyTerms();
        }
        for (int i = 0; i < parts.size(); i++) {
            read.add(expression(parts.get(i), path + "." + name + "[" + i + "]", depth + 1));
        }
        return name.equals("all") ? new All(read) : new Any(read);
    }

    private Term term(JsonNode json, String path) {
        if (++terms > FilterExpression.TERMS_MAX) {
            throw tooManyTerms();
        }
        for (var member : json.propertyNames()) {
            if (!TERM_MEMBERS.contains(member)) {
                throw problem(path, "Unknown", "a term has only " + new TreeSet<>(TERM_MEMBERS));
            }
        }
        var property = FilterProperty.named(text(json, "property", path))
                .orElseThrow(() -> problem(
                        path + ".property",
                        "Unknown",
                        "must be one of " + String.join(", ", FilterProperty.wireNames())));
        var name = text(json, "operator", path);
        var operator = property.operators().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> problem(
                        path + ".operator",
                        "Unknown",
                        "of " + property.wireName() + " must be one of "
                                + String.join(
                                        ", ",
                                        property.operators().stream()
                                                .map(Enum::name)
                                                .toList())));
        return new Term(path, property, operator, values(json, operator, path + ".values"));
    }

    private static String text(JsonNode json, String member, String path) {
        var value = json.get(member);
        if (value == null || !value.isString()) {
            throw problem(path + "." + member, "Malformed", "must be a text");
        }
        return value.stringValue();
    }

    private static List<String> values(JsonNode json, FilterOperator operator, String path) {
        var array = json.get("values");
        if (array == null && operator.valuesMin() == 0) {
            return List.of();
        }
        if (array == null || !array.isArray()) {
            throw problem(path, "Malformed", "must be an array of texts");
        }
        if (array.size() < operator.valuesMin() || array.size() > operator.valuesMax()) {
            throw problem(
                    path,
                    "Size",
                    String.format(
                            Locale.ROOT,
                            "of %s has %d to %d elements",
                            operator,
                            operator.valuesMin(),
                            operator.valuesMax()));
        }
        var values = new ArrayList<String>();
        for (int i = 0; i < array.size(); i++) {
            var element = array.get(i);
            if (!element.isString()
                    || element.stringValue().length() > VALUE_LENGTH_MAX
                    || !WellFormedText.isWellFormed(element.stringValue())) {
                throw problem(
                        path + "[" + i + "]",
                        "Malformed",
                        "must be a text of at most " + VALUE_LENGTH_MAX + " characters");
            }
            values.add(element.stringValue());
        }
        return values;
    }

    private Problem tooManyTerms() {
        return problem(root, "TooMany", "has at most " + FilterExpression.TERMS_MAX + " terms");
    }
}
