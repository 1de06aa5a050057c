package io.tealdesk.files;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where attachments are kept.
 *
 * @param bucket an S3 bucket; without one they are kept in the directory
 * @param region the bucket's region
 * @param endpoint another S3 service than Amazon's, for example in tests
 */
@ConfigurationProperties("tealdesk.files")
record FilesProperties(
        @DefaultValue("data/files") Path directory,
        @Nullable String bucket,
        @Nullable String region,
        @Nullable String endpoint) {}
