package io.tealdesk.rehearsal.plan;

import static io.tealdesk.rehearsal.plan.Changes.REPOSITORY;
import static org.assertj.core.api.Assertions.assertThat;

import io.tealdesk.infra.files.SourceTree;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of the repository with one thing wrong, and the line that has to come of it.
 *
 * @param pattern found once; what it matches is replaced
 * @param at found once; the line that the message points to
 * @param message behind the place
 */
record Mistake(String file, String pattern, String replacement, String at, String message) {

    /** The message points to the line of the change. */
    Mistake(String file, String pattern, String replacement, String message) {
        this(file, pattern, replacement, pattern, message);
    }

    SourceTree make() {
        return REPOSITORY.with(file, found(pattern).replaceFirst(Matcher.quoteReplacement(replacement)));
    }

    String place() {
        String before = REPOSITORY.text(file).substring(0, found(at).start());
        return file + ":"
                + (1 + before.chars().filter(character -> character == '\n').count());
    }

    private Matcher found(String wanted) {
        Matcher matcher = Pattern.compile(wanted).matcher(REPOSITORY.text(file));
        assertThat(matcher.find()).as("%s has %s", file, wanted).isTrue();
        return matcher;
    }

    @Override
    public String toString() {
        return file + ": " + pattern + " → " + replacement;
    }
}
