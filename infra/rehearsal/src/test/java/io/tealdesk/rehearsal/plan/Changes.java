package io.tealdesk.rehearsal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.files.Place;
import io.tealdesk.infra.files.SourceTree;
import java.nio.file.Path;

/** The repository's files with one value different. */
final class Changes {

    static final SourceTree REPOSITORY =
            SourceTree.at(Path.of("../..").toAbsolutePath().normalize());

    static final String SPEC = "appspec.yaml";
    static final String TASK = "taskdef.json";
    static final String FRONTEND_TASK = "frontend/taskdef.json";
    static final String SERVICE = "infra/cloudformation/service.yaml";

    private Changes() {}

    /** @param value in YAML, short tags and all */
    static SourceTree set(String file, String path, String value) {
        Node wanted = REPOSITORY.with("fixture.yaml", value).yaml("fixture.yaml");
        SourceTree changed = REPOSITORY.with(file, node -> node.with(path, wanted));
        assertThat(changed.yaml(file).toString())
                .isNotEqualTo(REPOSITORY.yaml(file).toString());
        return changed;
    }

    static SourceTree remove(String file, String path) {
        assertThat(REPOSITORY.yaml(file).at(path).isPresent()).as(path).isTrue();
        return REPOSITORY.with(file, node -> node.with(path, Node.absent(new Place(file, 0), path)));
    }

    static String property(String resource, String property) {
        return "Resources/" + resource + "/Properties/" + property;
    }

    static String ofContainer(String key) {
        return "containerDefinitions/0/" + key;
    }
}
