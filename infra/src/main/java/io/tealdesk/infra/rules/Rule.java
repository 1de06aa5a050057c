package io.tealdesk.infra.rules;

import io.tealdesk.infra.files.UnreadableFile;
import java.util.List;

/**
 * One thing that has to be so.
 *
 * @param name short and stable, for messages and the list of rules
 * @param sentence what has to be so, as a sentence
 */
public record Rule(String name, String sentence, Check check) {

    /** Looks at the files and says what is not so. */
    interface Check {
        void look(Delivery delivery, Findings findings);
    }

    public List<Finding> findings(Delivery delivery) {
        Findings findings = new Findings(name);
        try {
            check.look(delivery, findings);
        } catch (UnreadableFile e) {
            String message = String.valueOf(e.getMessage());
            findings.add(
                    e.place(),
                    message.substring(message.indexOf(": ") + 2),
                    "Without it the rule \"" + sentence + "\" cannot be judged");
        }
        return findings.all();
    }
}
