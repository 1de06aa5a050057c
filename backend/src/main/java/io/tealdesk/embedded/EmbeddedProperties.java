package io.tealdesk.embedded;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The embedded default.
 *
 * @param directory holds all that is kept between runs; deleting it starts afresh
 * @param join uses the database of the desk that already runs on the directory, as a second task beside it
 * @param smtpPort where mail is caught; another free one where this is taken
 */
@ConfigurationProperties("tealdesk.embedded")
record EmbeddedProperties(
        @DefaultValue(".tealdesk") Path directory,
        @DefaultValue("false") boolean join,
        @DefaultValue("1025") int smtpPort) {

    EmbeddedProperties {
        directory = directory.toAbsolutePath().normalize();
    }
}
