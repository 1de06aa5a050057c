package io.tealdesk.infra.rules;

import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.files.Place;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what one rule finds; the same finding in several environments counts once. */
final class Findings {

    private final String rule;
    private final Set<Finding> found = new LinkedHashSet<>();

    Findings(String rule) {
        this.rule = rule;
    }

    void add(Place place, String problem, String mend) {
        found.add(new Finding(rule, place, problem, mend));
    }

    void add(Node node, String problem, String mend) {
        add(node.place(), problem, mend);
    }

    /** Found unless the two texts are equal. */
    void unlessEqual(Node actual, String what, String expected, String whose, String mend) {
        if (!actual.is(expected)) {
            add(actual, what + " is " + actual + ", but " + whose + " is " + expected, mend);
        }
    }

    List<Finding> all() {
        return List.copyOf(found);
    }
}
