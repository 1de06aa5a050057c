package io.tealdesk.macros;

/** Who finds it: its owner, the members of some teams, or everyone of the staff. */
enum MacroVisibility {
    PRIVATE,
    TEAMS,
    EVERYONE
}
