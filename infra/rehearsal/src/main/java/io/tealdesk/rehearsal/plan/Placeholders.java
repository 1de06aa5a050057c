package io.tealdesk.rehearsal.plan;

import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.files.UnreadableFile;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code <NAME>} in both files: filled by infra/pipeline/render.sh, but for two that CodePipeline fills itself. */
final class Placeholders {

    private static final String IMAGE = "IMAGE1_NAME";
    private static final String TASK_DEFINITION = "TASK_DEFINITION";
    private static final Pattern PLACEHOLDER = Pattern.compile("<([^<>]*)>");
    private static final Pattern UNCLOSED = Pattern.compile("<([A-Z][A-Z0-9_]*)(?![A-Z0-9_>])");
    private static final Pattern FOREIGN =
            Pattern.compile("(?:\\$|\\$\\{|\\{\\{ *|%|\\$\\()([A-Z][A-Z0-9_]*)(?:}| *}}|%|\\))?");

    private final Pair pair;
    private final Set<String> given;

    /** @param given the variables of the build */
    Placeholders(Pair pair, Set<String> given) {
        this.pair = pair;
        this.given = given;
    }

    void check() {
        pair.taskDefinition().scalars().forEach(value -> check(value, IMAGE));
        pair.appSpec().scalars().forEach(value -> check(value, TASK_DEFINITION));
        for (Node container : pair.taskDefinition().get("containerDefinitions").items()) {
            Node image = container.get("image");
            boolean own = container
                    .get("name")
                    .is(pair.loadBalancerInfo().get("ContainerName").text());
            if (own && !image.is("<" + IMAGE + ">")) {
                throw new UnreadableFile(
                        image.place(),
                        "image is " + (image.isAbsent() ? "missing" : image)
                                + ", so a deployment would run something else than was built. Write \"<" + IMAGE
                                + ">\", which CodePipeline fills");
            }
        }
    }

    private void check(Node value, String codePipelines) {
        Set<String> known = new TreeSet<>(given);
        known.add(codePipelines);
        Matcher placeholder = PLACEHOLDER.matcher(value.text());
        while (placeholder.find()) {
            String name = placeholder.group(1);
            if (!known.contains(name)) {
                throw new UnreadableFile(
                        value.place(),
                        "nothing fills <" + name + ">. "
                                + Spelling.closest(name, known)
                                        .map(meant -> "Did you mean <" + meant + ">?")
                                        .orElse("The build of " + pair.half().taskDefinition
                                                + " needs a variable of this name in"
                                                + " infra/cloudformation/pipeline.yaml"));
            }
        }
        Matcher unclosed = UNCLOSED.matcher(value.text());
        if (unclosed.find() && known.contains(unclosed.group(1))) {
            throw new UnreadableFile(value.place(), value + " is no placeholder. Write <" + unclosed.group(1) + ">");
        }
        Matcher foreign = FOREIGN.matcher(value.text());
        if (foreign.matches() && known.contains(foreign.group(1))) {
            throw new UnreadableFile(
                    value.place(), value + " is no placeholder of these files. Write <" + foreign.group(1) + ">");
        }
    }
}
