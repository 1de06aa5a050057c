package io.tealdesk.live;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Somebody has written on, sent or discarded a draft on one device; their others are told. What it holds they ask for.
 *
 * @param draft a kind of draft, as a newer release may know more of them
 * @param version null where the draft is gone
 */
record DraftChange(
        UUID personId, long ticket, String draft, @Nullable Long version) {

    static final String CHANNEL = "drafts";

    private static final Pattern ANNOUNCED = Pattern.compile(
            "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) (\\d{1,18}) ([A-Z_]{1,40})(?: (\\d{1,18}))?");

    /** Nothing where a newer release announces something else. */
    static Optional<DraftChange> announced(String text) {
        var parts = ANNOUNCED.matcher(text);
        return parts.matches()
                ? Optional.of(new DraftChange(
                        UUID.fromString(parts.group(1)),
                        Long.parseLong(parts.group(2)),
                        parts.group(3),
                        parts.group(4) == null ? null : Long.valueOf(parts.group(4))))
                : Optional.empty();
    }
}
