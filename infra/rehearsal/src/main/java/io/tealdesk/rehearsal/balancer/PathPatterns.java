package io.tealdesk.rehearsal.balancer;

/**
 * An ALB's path patterns: {@code *} for any characters, {@code ?} for exactly one, case-sensitive, over the whole path
 * and without the query.
 */
final class PathPatterns {

    private PathPatterns() {}

    /** For a map's key between double quotes. */
    static String asNginxRegex(String pattern) {
        StringBuilder regex = new StringBuilder("~^");
        pattern.chars().forEach(character -> {
            switch (character) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                // In brackets rather than behind a backslash, which is Nginx' own sign between quotes.
                case '.', '+', '(', ')', '{', '}', '|', '$', '[' ->
                    regex.append('[').append((char) character).append(']');
                case '"', '\\' ->
                    throw new IllegalArgumentException("No path has " + (char) character + ": " + pattern);
                default -> regex.append((char) character);
            }
        });
        return regex.append('$').toString();
    }
}
