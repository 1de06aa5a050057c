package io.tealdesk.infra.rules;

import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.files.Place;
import io.tealdesk.infra.files.SourceTree;
import io.tealdesk.infra.files.Stacks;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who tells a linter to look away says why, beside what it would have seen. */
final class SuppressionRules {

    private static final int REASON_MIN = 10;

    /** Marks in comments, with what is taken for the reason when it stands on the same line. */
    private static final Map<String, Pattern> MARKS = Map.of(
            "hadolint", Pattern.compile("#\\s*hadolint\\s+(?:global\\s+)?ignore=[\\w,]+(.*)"),
            "shellcheck", Pattern.compile("#\\s*shellcheck\\s+disable=[\\w,]+(.*)"),
            "squawk", Pattern.compile("--\\s*squawk-ignore(?:-file)?\\s+[\\w, -]+?((?:--|#|—).*)?$"),
            "yamllint", Pattern.compile("#\\s*yamllint\\s+disable\\S*(.*)"),
            "checkov", Pattern.compile("#\\s*checkov:skip=\\w+:?(.*)"),
            "nosemgrep", Pattern.compile("#\\s*nosec\\b(.*)"));

    private SuppressionRules() {}

    static List<Rule> all() {
        return List.of(
                new Rule(
                        "suppressions-in-templates",
                        "A check of checkov or cfn-lint is switched off for one resource at a time, with the reason"
                                + " beside it",
                        SuppressionRules::inTemplates),
                new Rule(
                        "suppressions-in-comments",
                        "A comment that silences a linter says why, on its line or the one above",
                        SuppressionRules::inComments),
                new Rule(
                        "suppressions-in-settings",
                        "A check that a linter's settings switch off altogether is explained there",
                        SuppressionRules::inSettings),
                new Rule(
                        "linters-pinned",
                        "The linters are pinned to exact versions, and lint.sh runs each of them",
                        SuppressionRules::pinned));
    }

    private static void inTemplates(Delivery delivery, Findings findings) {
        SourceTree tree = delivery.tree();
        for (String path : tree.paths(Stacks.TEMPLATES + "[^/]+\\.yaml")) {
            Node template = tree.yaml(path);
            if (template.at("Metadata/cfn-lint").isPresent()) {
                explained(tree, template.at("Metadata/cfn-lint"), "cfn-lint for the whole template", findings);
            }
            if (template.at("Metadata/checkov").isPresent()) {
                findings.add(
                        template.at("Metadata/checkov"),
                        "a check of checkov is switched off for the whole template",
                        "Switch it off at the resource");
            }
            template.get("Resources").entries().forEach((id, resource) -> {
                for (Node skip : resource.at("Metadata/checkov/skip").items()) {
                    if (skip.get("comment").text().strip().length() < REASON_MIN) {
                        findings.add(
                                skip,
                                id + " skips " + skip.get("id") + " without a reason",
                                "Say in comment why it is right not to have it here");
                    }
                    if (!skip.get("id").text().matches("CKV2?_AWS_\\d+|CKV_SECRET_\\d+")) {
                        findings.add(skip, id + " skips \"" + skip.get("id") + "\"", "Name one check: CKV_AWS_1");
                    }
                }
                if (resource.at("Metadata/cfn-lint").isPresent()) {
                    explained(tree, resource.at("Metadata/cfn-lint"), "cfn-lint at " + id, findings);
                }
            });
        }
    }

    /** A comment above the node, or among the lines of its parent key. */
    private static void explained(SourceTree tree, Node node, String what, Findings findings) {
        List<String> lines = tree.lines(node.file());
        int line = node.place().line();
        boolean comment = false;
        for (int number = Math.max(1, line - 4); number <= Math.min(lines.size(), line + 2); number++) {
            comment |= reason(lines.get(number - 1));
        }
        if (!comment) {
            findings.add(node, what + " is told to look away without a reason", "Write the reason as a comment above");
        }
    }

    private static boolean reason(String line) {
        int hash = line.indexOf('#');
        return hash >= 0 && line.substring(hash + 1).strip().length() >= REASON_MIN;
    }

    private static void inComments(Delivery delivery, Findings findings) {
        SourceTree tree = delivery.tree();
        List<String> paths =
                tree.paths("(Dockerfile\\..*|\\.ci/.*|infra/.*\\.(sh|ya?ml)|(frontend/)?(buildspec|appspec)\\.ya?ml"
                        + "|docker-compose\\.yml|.*\\.sh|backend/src/main/resources/db/migration/.*\\.sql)");
        for (String path : paths) {
            List<String> lines = tree.lines(path);
            for (int number = 1; number <= lines.size(); number++) {
                String line = lines.get(number - 1);
                String above = number > 1 ? lines.get(number - 2).strip() : "";
                boolean explainedAbove = above.matches("(#|--).*")
                        && above.length() >= REASON_MIN
                        && MARKS.values().stream()
                                .noneMatch(mark -> mark.matcher(above).find());
                for (Map.Entry<String, Pattern> mark : MARKS.entrySet()) {
                    Matcher matcher = mark.getValue().matcher(line);
                    if (matcher.find()) {
                        String same =
                                matcher.group(1) == null ? "" : matcher.group(1).replaceAll("^[\\s#:—-]+", "");
                        if (!explainedAbove && same.length() < REASON_MIN) {
                            findings.add(
                                    new Place(path, number),
                                    mark.getKey() + " is told to look away without a reason",
                                    "Write the reason on this line or as a comment above");
                        }
                    }
                }
            }
        }
    }

    private static void inSettings(Delivery delivery, Findings findings) {
        SourceTree tree = delivery.tree();
        Pattern entry = Pattern.compile(
                "^\\s*(?:-\\s*)?[\"']?([A-Z]{1,4}\\d?_?(?:AWS_)?\\d{2,5}|[a-z]+(?:-[a-z]+){2,})[\"']?,?\\s*(#.*)?$");
        for (String path : tree.paths(
                "(infra/)?\\.(checkov\\.yml|cfnlintrc|hadolint\\.ya?ml|squawk\\.toml|shellcheckrc|yamllint\\.yml)(\\.yml)?")) {
            List<String> lines = tree.lines(path);
            for (int number = 1; number <= lines.size(); number++) {
                Matcher matcher = entry.matcher(lines.get(number - 1));
                if (matcher.matches()) {
                    // One reason may stand above several entries.
                    int first = number - 1;
                    while (first > 0 && entry.matcher(lines.get(first - 1)).matches()) {
                        first--;
                    }
                    boolean above = first > 0 && reason(lines.get(first - 1));
                    if (!above && !reason(lines.get(number - 1))) {
                        findings.add(
                                new Place(path, number),
                                matcher.group(1) + " is switched off everywhere without a reason",
                                "Write the reason as a comment above");
                    }
                }
            }
        }
    }

    private static void pinned(Delivery delivery, Findings findings) {
        SourceTree tree = delivery.tree();
        String requirements = "infra/lint-requirements.txt";
        String script = tree.text("infra/lint.sh");
        List<String> lines = tree.lines(requirements);
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1).replaceAll("\\s*#.*", "").strip();
            if (line.isEmpty()) {
                continue;
            }
            if (!line.matches("[a-z0-9-]+==[0-9.]+")) {
                findings.add(new Place(requirements, number), line + " is not pinned", "Write name==version");
            }
            String command = line.replaceFirst("==.*", "").replaceAll("-(bin|cli|py)$", "");
            if (!script.contains(command)) {
                findings.add(
                        new Place(requirements, number),
                        "infra/lint.sh does not run " + command,
                        "Run it or take it out");
            }
        }
    }
}
