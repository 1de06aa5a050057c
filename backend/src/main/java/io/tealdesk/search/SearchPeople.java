package io.tealdesk.search;

import io.tealdesk.shared.Sql;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds people by what somebody remembers of their name or address; a typo is forgiven where nothing fits without. */
@Component
class SearchPeople {

    /** More than these, and the name says nothing. */
    private static final int PEOPLE_MAX = 500;
    /** How much of what was typed a name must hold, in groups of three letters. */
    private static final double LIKENESS_MIN = 0.4;
    /** Of few letters two groups are but a beginning of two letters, and whole crowds share those. */
    private static final double LIKENESS_OF_FEW_LETTERS_MIN = 0.5;

    private static final int FEW_LETTERS = 5;
    /** Of more that fit what is being typed some are as good as others. */
    private static final int READ_MAX = 300;

    private final JdbcClient jdbc;

    SearchPeople(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<UUID> named(String text, boolean staffOnly) {
        var exactly = exactly(text, staffOnly, PEOPLE_MAX, Integer.MAX_VALUE);
        return (mayBeMistyped(exactly, text) ? nearly(text, staffOnly, PEOPLE_MAX, LIKENESS_MIN) : exactly)
                .stream().map(Named::id).toList();
    }

    /**
     * Those that somebody may be about to name.
     *
     * @param isName whether it is meant as a name: only then is it worth looking for what is like it
     */
    List<Named> suggested(String text, boolean staffOnly, boolean isName, int limit) {
        var exactly = exactly(text, staffOnly, limit, READ_MAX);
        if (!isName || !mayBeMistyped(exactly, text)) {
            return exactly;
        }
        var isOfFewLetters = text.codePointCount(0, text.length()) <= FEW_LETTERS;
        return nearly(text, staffOnly, limit, isOfFewLetters ? LIKENESS_OF_FEW_LETTERS_MIN : LIKENESS_MIN);
    }

    /** An address is right or it is somebody else's. */
    private static boolean mayBeMistyped(List<Named> exactly, String text) {
        return exactly.isEmpty() && !text.contains("@");
    }

    private List<Named> exactly(String text, boolean staffOnly, int limit, int readMax) {
        return jdbc.sql("""
                        select id, name, email
                        from (select id, name, email, deactivated_at from person
                              where (name ilike :anywhere or email::text ilike :anywhere)
                                and (not :staffOnly or role <> 'CUSTOMER')
                              limit :readMax) person
                        order by (name ilike :beginning or email::text ilike :beginning) desc,
                                 deactivated_at nulls first, name, id
                        limit :limit""")
                .param("anywhere", "%" + Sql.escapedForLike(text) + "%")
                .param("beginning", Sql.escapedForLike(text) + "%")
                .param("staffOnly", staffOnly)
                .param("readMax", readMax)
                .param("limit", limit)
                .query((row, index) -> new Named(Sql.uuid(row, "id"), row.getString("name"), row.getString("email")))
                .list();
    }

    private List<Named> nearly(String text, boolean staffOnly, int limit, double likeness) {
        // For this transaction alone; the operator below is what the index knows.
        jdbc.sql("select set_config('pg_trgm.word_similarity_threshold', :least, true)")
                .param("least", Double.toString(likeness))
                .query(String.class)
                .single();
        return jdbc.sql("""
                        select id, name, email from person
                        where :text <% name and (not :staffOnly or role <> 'CUSTOMER')
                        order by word_similarity(:text, name) desc, deactivated_at nulls first, name, id
                        limit :limit""")
                .param("text", text)
                .param("staffOnly", staffOnly)
                .param("limit", Math.min(limit, 20))
                .query((row, index) -> new Named(Sql.uuid(row, "id"), row.getString("name"), row.getString("email")))
                .list();
    }

    record Named(UUID id, String name, String email) {}
}
