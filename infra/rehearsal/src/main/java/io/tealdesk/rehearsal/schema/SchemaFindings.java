package io.tealdesk.rehearsal.schema;

import java.util.List;

/**
 * What a release's migrations do to the release that runs.
 *
 * @param applied the files that were tried, in their order; none when the schema is what the next release needs
 * @param findings why the two cannot live together
 */
public record SchemaFindings(List<String> applied, List<Finding> findings) {

    public boolean compatible() {
        return findings.isEmpty();
    }

    /** @param sentence the whole of it, for a person */
    public record Finding(Kind kind, String sentence) {}

    /** The ways in which a migration takes a desk down. */
    public enum Kind {
        FAILS,
        SHUTS_OUT,
        BREAKS_THE_RUNNING_RELEASE
    }
}
