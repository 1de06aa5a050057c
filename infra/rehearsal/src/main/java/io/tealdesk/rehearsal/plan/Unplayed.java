package io.tealdesk.rehearsal.plan;

import io.tealdesk.infra.files.Node;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what the files ask for and a rehearsal does not play. Whatever is not known here counts as such. */
final class Unplayed {

    private final Set<Unproven> found = new LinkedHashSet<>();

    void add(Node at, String what) {
        found.add(new Unproven(at.place(), what));
    }

    /**
     * Everything of a node but what is played and what makes no difference to a deployment on one machine.
     *
     * @param indifferent see {@link DeploymentFiles#differences()}
     */
    void allBut(Node node, Set<String> played, Set<String> indifferent, String whose) {
        node.entries().forEach((key, value) -> {
            if (!played.contains(key) && !indifferent.contains(key)) {
                add(value, key + " of " + whose);
            }
        });
    }

    /** A value that is played only if it is one of these; absent is AWS's default. */
    void unless(Node value, Set<String> played, String what) {
        if (value.isPresent() && !(value.isText() && played.contains(value.text()))) {
            add(value, what + " " + value);
        }
    }

    List<Unproven> all() {
        return new ArrayList<>(found);
    }
}
