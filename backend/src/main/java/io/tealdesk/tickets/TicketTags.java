package io.tealdesk.tickets;

import io.tealdesk.shared.Problem;
import java.text.Normalizer;
import java.util.Collection;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The one form of a tag: lower case, no spaces at its ends, no comma (history joins tags by commas). */
final class TicketTags {

    static final int TAGS_MAX = 20;
    static final int LENGTH_MAX = 50;
    private static final Pattern FORM = Pattern.compile("[\\p{L}\\p{N}\\p{M}][\\p{L}\\p{N}\\p{M} ._:/+#&-]*");

    private TicketTags() {}

    static SortedSet<String> normalised(Collection<String> tags) {
        var result = new TreeSet<String>();
        for (var tag : tags) {
            var normal = Normalizer.normalize(tag, Normalizer.Form.NFC).strip().toLowerCase(Locale.ROOT);
            if (normal.length() > LENGTH_MAX || !FORM.matcher(normal).matches()) {
                throw Problem.invalidField(
                        "tags",
                        "Malformed",
                        "each tag has 1 to " + LENGTH_MAX + " letters, digits, spaces or . _ : / + # & -");
            }
            result.add(normal);
        }
        if (result.size() > TAGS_MAX) {
            throw Problem.invalidField("tags", "TooMany", "a ticket has at most " + TAGS_MAX + " tags");
        }
        return result;
    }
}
