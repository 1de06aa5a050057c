package io.tealdesk.rehearsal.world;

import io.tealdesk.infra.files.SourceTree;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a world is stood up with.
 *
 * @param source whose files say how the database is set
 * @param directory everything it writes lies below; its {@code logs} are left when it closes, for whoever judges them
 * @param address where its services listen, and where tasks find them: the loopback address for processes, the bridge's
 *     gateway for containers
 * @param baseUrl where people find the desk: the load balancer's production listener
 * @param database what {@link Database#keep} kept, to begin with a copy of it; null for a database that is empty
 */
public record WorldSettings(
        SourceTree source,
        Path directory,
        InetAddress address,
        URI baseUrl,
        @Nullable Path database) {

    public WorldSettings(SourceTree source, Path directory, InetAddress address, URI baseUrl) {
        this(source, directory, address, baseUrl, null);
    }
}
