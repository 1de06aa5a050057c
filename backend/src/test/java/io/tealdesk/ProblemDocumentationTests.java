package io.tealdesk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;

/** docs/problems.md is what clients are written against: it lists each problem that the code can answer, and no other. */
class ProblemDocumentationTests {

    private static final Pattern MADE =
            Pattern.compile("Problem\\(\\s*(?:HttpStatus\\.([A-Z_]+)|status),\\s*\"([a-z-]+)\"");
    private static final Pattern ROW =
            Pattern.compile("^\\| `([a-z-]+)` \\| ([^|]+) \\| [^|]+ \\| [^|]+ \\|$", Pattern.MULTILINE);

    @Test
    void describesEveryProblemOfTheCodeWithItsStatus() throws IOException {
        var documented = new TreeMap<String, String>();
        var rows = ROW.matcher(Files.readString(Path.of("..", "docs", "problems.md")));
        while (rows.find()) {
            documented.put(rows.group(1), rows.group(2));
        }

        var made = new TreeSet<String>();
        var problems = MADE.matcher(sources());
        while (problems.find()) {
            made.add(problems.group(2));
            if (problems.group(1) != null) {
                assertThat(documented.get(problems.group(2)))
                        .as(problems.group(2))
                        .startsWith(String.valueOf(
                                HttpStatus.valueOf(problems.group(1)).value()));
            }
        }

        assertThat(made).hasSizeGreaterThan(20);
        assertThat(documented.keySet()).containsExactlyElementsOf(made);
    }

    private static String sources() throws IOException {
        var text = new StringBuilder();
        try (var files = Files.walk(Path.of("src", "main", "java"))) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }
}
