package io.tealdesk.rehearsal.plan;

import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.files.UnreadableFile;
import java.time.Duration;

/** Numbers as the files write them. What is none, or one that AWS refuses, ends the reading at its line. */
final class Values {

    private Values() {}

    static int number(Node value, String what, int least, int most) {
        int number;
        try {
            number = Integer.parseInt(value.text().strip());
        } catch (NumberFormatException notANumber) {
            throw wrong(
                    value,
                    what + " is " + (value.isAbsent() ? "missing" : value.is("") ? "empty" : value),
                    least,
                    most);
        }
        if (number < least || number > most) {
            throw wrong(value, what + " is " + number, least, most);
        }
        return number;
    }

    static int number(Node value, String what, int otherwise, int least, int most) {
        return value.isAbsent() ? otherwise : number(value, what, least, most);
    }

    static Duration seconds(Node value, String what, int otherwise, int least, int most) {
        return Duration.ofSeconds(number(value, what, otherwise, least, most));
    }

    static String text(Node value, String what) {
        if (!value.isText() || value.text().isBlank()) {
            throw new UnreadableFile(value.place(), what + " is missing. Write it");
        }
        return value.text();
    }

    private static UnreadableFile wrong(Node value, String problem, int least, int most) {
        return new UnreadableFile(
                value.place(), problem + ". It has to be a whole number from " + least + " to " + most);
    }
}
