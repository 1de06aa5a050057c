package io.tealdesk.infra.rules;

import static io.tealdesk.infra.rules.Breakage.append;
import static io.tealdesk.infra.rules.Breakage.set;
import static io.tealdesk.infra.rules.Breakages.BACKEND_IMAGE;
import static io.tealdesk.infra.rules.Breakages.NETWORK;
import static io.tealdesk.infra.rules.Breakages.SERVICE;

import java.util.List;

/** Linters that were told to look away. */
final class LinterBreakages {

    private LinterBreakages() {}

    static List<Breakage> all() {
        return List.of(
                set(
                        "suppressions-in-templates",
                        SERVICE,
                        "Resources/SmokeTestFunction/Metadata/checkov/skip/0/comment",
                        "\"\"",
                        "skips CKV_AWS_115 without a reason"),
                set(
                        "suppressions-in-templates",
                        SERVICE,
                        "Resources/SmokeTestFunction/Metadata/checkov/skip/0/id",
                        "CKV_*",
                        "Name one check"),
                set(
                        "suppressions-in-templates",
                        NETWORK,
                        "Metadata/checkov",
                        "{\"skip\": [{\"id\": \"CKV_AWS_23\"}]}",
                        "is switched off for the whole template"),
                append(
                        "suppressions-in-comments",
                        BACKEND_IMAGE,
                        "\n# hadolint ignore=DL3008\nRUN true",
                        "hadolint is told to look away without a reason"),
                append(
                        "suppressions-in-comments",
                        "infra/deploy.sh",
                        "\n# shellcheck disable=SC2086\ntrue",
                        "shellcheck is told to look away without a reason"),
                append(
                        "suppressions-in-settings",
                        ".squawk.toml",
                        "\n    \"ban-drop-column\",",
                        "ban-drop-column is switched off everywhere"),
                append("linters-pinned", "infra/lint-requirements.txt", "cfn-lint>=1.0", "is not pinned"),
                append(
                        "linters-pinned",
                        "infra/lint-requirements.txt",
                        "semgrep==1.0.0",
                        "infra/lint.sh does not run semgrep"));
    }
}
