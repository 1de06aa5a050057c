package io.tealdesk.infra.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.files.Place;
import io.tealdesk.infra.files.SourceTree;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The repository with one thing wrong.
 *
 * @param rule the rule that has to see it
 * @param what the change, in words
 * @param finding what the finding has to say
 */
record Breakage(String rule, String what, UnaryOperator<SourceTree> change, String finding) {

    /** Another value at a path of a YAML or JSON file; the value is written in JSON or as plain text. */
    static Breakage set(String rule, String file, String path, String value, String finding) {
        return new Breakage(
                rule,
                file + ": " + path + " = " + value,
                tree -> {
                    Node before = tree.yaml(file);
                    SourceTree parsed = tree.with("fixture.json", value);
                    Node changed = before.with(path, parsed.yaml("fixture.json"));
                    boolean quotes = value.startsWith("\"") && !before.at(path).isQuoted();
                    assertThat(quotes || !changed.toString().equals(before.toString()))
                            .as("the fixture changes something")
                            .isTrue();
                    return tree.with(file, node -> changed);
                },
                finding);
    }

    static Breakage remove(String rule, String file, String path, String finding) {
        return new Breakage(
                rule,
                file + ": without " + path,
                tree -> {
                    assertThat(tree.yaml(file).at(path).isPresent())
                            .as("%s has %s", file, path)
                            .isTrue();
                    return tree.with(file, node -> node.with(path, Node.absent(new Place(file, 0), path)));
                },
                finding);
    }

    /** Another text for the first match of a regular expression. */
    static Breakage replace(String rule, String file, String pattern, String replacement, String finding) {
        return new Breakage(
                rule,
                file + ": " + pattern + " → " + replacement,
                tree -> {
                    Matcher matcher =
                            Pattern.compile(pattern, Pattern.MULTILINE).matcher(tree.text(file));
                    assertThat(matcher.find()).as("%s has %s", file, pattern).isTrue();
                    return tree.with(file, matcher.replaceFirst(replacement));
                },
                finding);
    }

    static Breakage append(String rule, String file, String text, String finding) {
        return new Breakage(
                rule, file + ": + " + text, tree -> tree.with(file, tree.text(file) + "\n" + text + "\n"), finding);
    }

    static Breakage missing(String rule, String file, String finding) {
        return new Breakage(rule, "without " + file, tree -> tree.without(file), finding);
    }

    @Override
    public String toString() {
        return rule + ": " + what;
    }
}
