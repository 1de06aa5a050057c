package io.tealdesk.identity;

import java.util.UUID;

/** A team as others refer to it. */
public record TeamName(UUID id, String name) {}
