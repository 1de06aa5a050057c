package io.tealdesk.rehearsal.bench.desk;

/** What whoever measures a loaded desk knows of its texts. */
public final class Known {

    public static final String COMMON_WORD = Prose.COMMON_WORD;
    public static final String PHRASE = Prose.PHRASE;
    public static final String RARE_WORD = Prose.RARE_WORD;
    public static final String ABSENT_WORD = Prose.ABSENT_WORD;

    private Known() {}
}
