package io.tealdesk.rehearsal.world;

import io.tealdesk.infra.files.SourceTree;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;

/**
 * What a world is stood up with.
 *
 * @param source whose files say how the database is set
 * @param directory everything it writes lies below; its {@code logs} are left when it closes, for whoever judges them
 * @param address where its services listen, and where tasks find them: the loopback address for processes, the bridge's
 *     gateway for containers
 * @param baseUrl where people find the desk: the load balancer's production listener
 */
public record WorldSettings(SourceTree source, Path directory, InetAddress address, URI baseUrl) {}
