package io.tealdesk.rehearsal.schema;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The SQL that stands as text in a release's own classes, also of what people rarely do and of jobs that come once a
 * night. Statements that are put together from pieces are not whole; the database refuses them before as after.
 */
final class JarStatements {

    /** Within an executable jar, and within the one that is taken out of it for an image. */
    private static final Pattern CLASSES = Pattern.compile("(?:BOOT-INF/classes/)?io/tealdesk/.*\\.class");

    private static final Pattern SQL =
            Pattern.compile("(?is)\\s*(?:select|insert\\s+into|update|delete\\s+from|with|merge\\s+into)\\s.*");
    /** Named as Spring names them, or a question mark; not a cast, and not within quotes. */
    private static final Pattern PARAMETER = Pattern.compile("'(?:[^']|'')*'|::\\w+|:([A-Za-z]\\w*)|(\\?)(?![|&?-])");

    private JarStatements() {}

    static Set<String> of(Path jar) throws IOException {
        Set<String> statements = new LinkedHashSet<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (Enumeration<JarEntry> entries = file.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                if (CLASSES.matcher(entry.getName()).matches()) {
                    try (InputStream bytes = file.getInputStream(entry)) {
                        collect(bytes.readAllBytes(), statements);
                    }
                }
            }
        }
        return statements;
    }

    private static void collect(byte[] bytes, Set<String> statements) {
        for (PoolEntry constant : ClassFile.of().parse(bytes).constantPool()) {
            if (constant instanceof StringEntry text
                    && SQL.matcher(text.stringValue()).matches()) {
                statements.add(numbered(text.stringValue()).strip());
            }
        }
    }

    /** With PostgreSQL's own parameters. */
    static String numbered(String sql) {
        Map<String, Integer> numbers = new HashMap<>();
        return PARAMETER.matcher(sql).replaceAll(match -> Matcher.quoteReplacement(parameter(match, numbers)));
    }

    private static String parameter(MatchResult match, Map<String, Integer> numbers) {
        if (match.group(1) != null) {
            return "$" + numbers.computeIfAbsent(match.group(1), name -> numbers.size() + 1);
        }
        if (match.group(2) != null) {
            int number = numbers.size() + 1;
            numbers.put("?" + number, number);
            return "$" + number;
        }
        return match.group();
    }
}
