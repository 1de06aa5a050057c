package io.tealdesk.infra.rules;

import io.tealdesk.infra.files.SourceTree;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which environment variables the backend reads: by name in its settings or sources, or bound to its properties. */
final class BackendVariables {

    private static final Pattern PREFIX =
            Pattern.compile("@ConfigurationProperties\\(\\s*(?:prefix\\s*=\\s*)?\"([a-z.-]+)\"");

    /** Read by Spring Boot, the JDK or the AWS clients themselves, so no file of ours mentions them. */
    private static final Pattern OF_LIBRARIES =
            Pattern.compile("(SPRING|SERVER|MANAGEMENT|LOGGING|JAVA|JDK)_.*|AWS_REGION");

    private static final Pattern NAME = Pattern.compile("\\b[A-Z][A-Z0-9_]{3,}\\b");

    private final String everything;
    private final String withoutHyphens;
    private final Set<String> names;
    private final Map<String, String> lettersByPrefix = new HashMap<>();

    BackendVariables(SourceTree tree) {
        StringBuilder texts = new StringBuilder();
        tree.paths("backend/src/main/(resources/application[^/]*\\.yaml|java/.*\\.java)")
                .forEach(path -> {
                    String text = tree.text(path);
                    texts.append(text);
                    Matcher prefix = PREFIX.matcher(text);
                    while (prefix.find()) {
                        String variables = prefix.group(1)
                                        .replace("-", "")
                                        .replace('.', '_')
                                        .toUpperCase(Locale.ROOT) + "_";
                        String letters = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9\\n]", "");
                        lettersByPrefix.merge(variables, letters, String::concat);
                    }
                });
        everything = texts.toString();
        withoutHyphens = everything.replace("-", "");
        names = NAME.matcher(everything).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    boolean reads(String name) {
        boolean byName = names.contains(name);
        String property = name.toLowerCase(Locale.ROOT).replace('_', '.');
        boolean byProperty = withoutHyphens.contains('"' + property + '"');
        return byName || byProperty || OF_LIBRARIES.matcher(name).matches() || isBound(name);
    }

    /** Whether the backend's sources or settings hold these very words. */
    boolean mentions(String words) {
        return everything.contains(words);
    }

    /** Spring's relaxed binding: words may be written together, so each has to occur in the properties' record. */
    private boolean isBound(String name) {
        return lettersByPrefix.entrySet().stream()
                .filter(prefix -> name.startsWith(prefix.getKey()))
                .anyMatch(prefix -> Stream.of(name.substring(prefix.getKey().length())
                                .toLowerCase(Locale.ROOT)
                                .split("_", -1))
                        .allMatch(prefix.getValue()::contains));
    }
}
