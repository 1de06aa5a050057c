package io.tealdesk.rehearsal.plan;

import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.files.UnreadableFile;
import java.util.Arrays;

/** Lifecycle events as appspec.yaml writes them. */
final class LifecycleEvents {

    private LifecycleEvents() {}

    static LifecycleEvent of(String title, Node hook) {
        return Arrays.stream(LifecycleEvent.values())
                .filter(event -> event.title().equals(title) && event.hookable())
                .findFirst()
                .orElseThrow(() -> new UnreadableFile(
                        hook.place(),
                        "the hooks of an ECS deployment have no event " + title + ". Known are "
                                + Arrays.stream(LifecycleEvent.values())
                                        .filter(LifecycleEvent::hookable)
                                        .map(LifecycleEvent::title)
                                        .toList()));
    }
}
