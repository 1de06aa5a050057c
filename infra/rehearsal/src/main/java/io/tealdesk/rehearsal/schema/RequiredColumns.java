package io.tealdesk.rehearsal.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The columns that every new row has to fill, which planning an insert does not look at. */
final class RequiredColumns {

    private static final Pattern INSERT =
            Pattern.compile("(?is)\\binsert\\s+into\\s+(?:public\\.)?\"?(\\w+)\"?\\s*(?:as\\s+\\w+\\s*)?\\(([^)]*)\\)");

    private static final String REQUIRED = """
            select c.relname, a.attname
            from pg_attribute a join pg_class c on c.oid = a.attrelid
            where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and a.attnum > 0
              and a.attnotnull and not a.atthasdef and a.attidentity = '' and not a.attisdropped""";

    private final Set<Column> required;

    private RequiredColumns(Set<Column> required) {
        this.required = required;
    }

    static RequiredColumns of(Connection connection) throws SQLException {
        Set<Column> required = new TreeSet<>();
        try (PreparedStatement statement = connection.prepareStatement(REQUIRED);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                required.add(new Column(rows.getString(1), rows.getString(2)));
            }
        }
        return new RequiredColumns(required);
    }

    Optional<Misfit> leftOutBy(String sql) {
        Matcher insert = INSERT.matcher(sql);
        if (!insert.find()) {
            return Optional.empty();
        }
        String table = insert.group(1).toLowerCase(Locale.ROOT);
        Set<String> filled = Arrays.stream(insert.group(2).split(","))
                .map(column -> column.strip().replace("\"", "").toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        return required.stream()
                .filter(column -> column.table().equals(table) && !filled.contains(column.name()))
                .findFirst()
                .map(column -> new Misfit(
                        sql,
                        "23502",
                        "null value in column \"%s\" of relation \"%s\" violates not-null constraint"
                                .formatted(column.name(), column.table())));
    }

    private record Column(String table, String name) implements Comparable<Column> {

        @Override
        public int compareTo(Column other) {
            return (table + "." + name).compareTo(other.table + "." + other.name);
        }
    }
}
