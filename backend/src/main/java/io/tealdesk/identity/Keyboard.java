package io.tealdesk.identity;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * The keys that somebody works with. Which commands there are is the page's business, so that a release can bring new
 * ones; here they are names, and kept as they come.
 *
 * @param singleKeys whether keys without Ctrl or Cmd do anything
 * @param keys the commands that have other keys than at the beginning
 */
record Keyboard(
        @NotNull Boolean singleKeys,
        @NotNull @Size(max = 200) List<@NotNull @Valid KeyChoice> keys) {

    private static final String CHORD = "(?:(?:Mod|Ctrl|Alt|Shift)\\+){0,4}(?:\\S|[A-Z][A-Za-z0-9]{1,19})";

    /** @param keys one combination, two to be pressed one after the other, or empty for none at all */
    record KeyChoice(
            @NotNull @Pattern(regexp = "[A-Za-z0-9.:-]{1,80}") String command,

            @NotNull @Size(max = 60) @Pattern(regexp = "(?:" + CHORD + "(?: " + CHORD + ")?)?")
            String keys) {}
}
