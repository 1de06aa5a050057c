package io.tealdesk.macros;

/** Names are unique within a kind. */
enum MacroKind {
    SAVED_REPLY("saved reply"),
    MACRO("macro");

    private final String word;

    MacroKind(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }
}
