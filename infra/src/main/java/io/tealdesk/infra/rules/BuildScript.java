package io.tealdesk.infra.rules;

import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.files.SourceTree;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A build specification with all scripts that it leads to, and the variables that they expect from outside. */
record BuildScript(String file, Set<String> scripts, Map<String, String> missingScripts, Map<String, String> expected) {

    private static final Pattern SCRIPT = Pattern.compile("(?<![\\w/.$}<-])([\\w./-]*[\\w-]+\\.sh)\\b");
    private static final Pattern USE = Pattern.compile("\\$(?:\\{([A-Z][A-Z0-9_]*)([^}]?)|([A-Z][A-Z0-9_]*))");
    private static final Pattern ASSIGNMENT = Pattern.compile(
            "(?m)(?:^|[;&|({]|\\b(?:export|local|readonly|declare|then|do|else)\\b)\\s*([A-Z][A-Z0-9_]*)=|\\bread\\b[^\\n|;]*?\\b([A-Z][A-Z0-9_]*)|\\bfor\\s+([A-Z][A-Z0-9_]*)\\s+in\\b");

    private static final Pattern LIST = Pattern.compile("=\\(((?:\\s*[A-Z][A-Z0-9_]{3,})+)\\s*\\)");

    static BuildScript of(SourceTree tree, String buildSpec) {
        Set<String> scripts = new TreeSet<>();
        Map<String, String> missing = new LinkedHashMap<>();
        Map<String, String> expected = new TreeMap<>();
        Deque<String> open = new ArrayDeque<>();
        Node specification = tree.yaml(buildSpec);
        StringBuilder commands = new StringBuilder();
        specification
                .get("phases")
                .scalars()
                .forEach(command -> commands.append(command.text()).append('\n'));
        Set<String> set = variables(buildSpec, commands.toString(), expected);
        called(tree, buildSpec, commands.toString(), scripts, missing, open);
        while (!open.isEmpty()) {
            String script = open.pop();
            String text = withoutComments(tree.text(script));
            variables(script, text, expected);
            called(tree, script, text, scripts, missing, open);
        }
        // What a phase has exported reaches the scripts after it.
        set.forEach(expected::remove);
        specification.at("env/variables").keys().forEach(expected::remove);
        specification.at("env/parameter-store").keys().forEach(expected::remove);
        specification.at("env/secrets-manager").keys().forEach(expected::remove);
        return new BuildScript(buildSpec, scripts, missing, expected);
    }

    private static void called(
            SourceTree tree,
            String caller,
            String text,
            Set<String> scripts,
            Map<String, String> missing,
            Deque<String> open) {
        Matcher matcher = SCRIPT.matcher(text);
        while (matcher.find()) {
            String path = matcher.group(1).replaceFirst("^(\\.?/)+", "");
            String beside = caller.replaceFirst("[^/]*$", "") + path;
            String found = tree.has(path) ? path : tree.has(beside) ? beside : "";
            if (found.isEmpty()) {
                missing.putIfAbsent(path, caller);
            } else if (scripts.add(found)) {
                open.push(found);
            }
        }
    }

    private static Set<String> variables(String file, String text, Map<String, String> expected) {
        Set<String> own = new TreeSet<>();
        Matcher assignment = ASSIGNMENT.matcher(text);
        while (assignment.find()) {
            for (int group = 1; group <= 3; group++) {
                if (assignment.group(group) != null) {
                    own.add(assignment.group(group));
                }
            }
        }
        Set<String> plain = new TreeSet<>();
        Matcher use = USE.matcher(text);
        while (use.find()) {
            boolean braces = use.group(1) != null;
            String name = braces ? use.group(1) : use.group(3);
            // ${NAME:-x}, ${NAME-x}, ${NAME+x}: works without, and then is asked for so wherever it matters.
            boolean optional = braces
                    && (text.startsWith(":-", use.end(1))
                            || text.startsWith(":+", use.end(1))
                            || use.group(2).equals("-")
                            || use.group(2).equals("+"));
            (optional ? own : plain).add(name);
        }
        // names=(A B) read by ${!name}
        if (text.contains("${!")) {
            LIST.matcher(text)
                    .results()
                    .forEach(list -> plain.addAll(Set.of(list.group(1).strip().split("\\s+"))));
        }
        plain.removeAll(own);
        plain.forEach(name -> expected.putIfAbsent(name, file));
        return own;
    }

    private static String withoutComments(String shell) {
        return Pattern.compile("(?m)(^|\\s)#.*$").matcher(shell).replaceAll("$1");
    }
}
