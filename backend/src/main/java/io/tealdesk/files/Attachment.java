package io.tealdesk.files;

import java.util.UUID;

/**
 * A stored file.
 *
 * @param mediaType what its bytes say it is
 */
public record Attachment(UUID id, String fileName, String mediaType, long sizeBytes) {}
