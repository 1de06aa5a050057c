package io.tealdesk.files;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.net.URI;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

@Configuration(proxyBeanMethods = false)
class FilesConfiguration {

    @Bean
    FileStore fileStore(FilesProperties properties) {
        if (properties.bucket() == null) {
            return new LocalFileStore(properties.directory());
        }
        return new S3FileStore(s3(properties).build(), properties.bucket());
    }

    /** Credentials come from where the AWS SDK looks for them: on AWS, the task's role. */
    static S3ClientBuilder s3(FilesProperties properties) {
        var s3 = S3Client.builder().httpClientBuilder(UrlConnectionHttpClient.builder());
        if (properties.region() != null) {
            s3.region(Region.of(properties.region()));
        }
        if (properties.endpoint() != null) {
            s3.endpointOverride(URI.create(properties.endpoint())).forcePathStyle(true);
        }
        return s3;
    }

    @Bean
    RecurringTask<Void> forgetUnattachedFiles(AttachmentFiles files) {
        return Tasks.recurring("forget-unattached-files", FixedDelay.of(Duration.ofHours(1)))
                .execute((instance, context) -> files.forgetUnattached());
    }
}
