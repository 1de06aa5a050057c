package io.tealdesk.rehearsal.load;

import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/** Texts by which the writes of one run are found again among everything else. */
final class Markers {

    private final String run;
    private final AtomicLong last = new AtomicLong();

    Markers(SplittableRandom random) {
        run = "rh" + HexFormat.of().toHexDigits(random.nextInt()) + "x";
    }

    /** What all begin with; letters and digits only, so that it stays one word wherever it is shown. */
    String run() {
        return run;
    }

    Pattern pattern() {
        return Pattern.compile(run + "[0-9]+z");
    }

    String next() {
        return run + last.incrementAndGet() + "z";
    }
}
