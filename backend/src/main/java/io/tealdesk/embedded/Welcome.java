package io.tealdesk.embedded;

import io.tealdesk.shared.DemoLogins;
import io.tealdesk.shared.DeskProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/** The last lines of the log: where the desk answers and who may come in. */
class Welcome implements ApplicationListener<ApplicationReadyEvent> {

    private static final Logger log = LoggerFactory.getLogger(Welcome.class);
    private static final String LINE = "-".repeat(90);

    private final DeskProperties desk;
    private final DeskDirectory directory;
    private final ObjectProvider<DemoLogins> demoLogins;

    Welcome(DeskProperties desk, DeskDirectory directory, ObjectProvider<DemoLogins> demoLogins) {
        this.desk = desk;
        this.directory = directory;
        this.demoLogins = demoLogins;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        log.info("\n{}\n{}\n{}", LINE, String.join("\n", lines()), LINE);
    }

    private List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add("  Tealdesk answers on  " + desk.baseUrl());
        demoLogins.stream()
                .flatMap(logins -> logins.list().stream())
                .map(login -> "  Sign in as           %s  %s  (%s, %s)"
                        .formatted(
                                login.email(),
                                login.password(),
                                login.name(),
                                login.role().toLowerCase(Locale.ROOT)))
                .forEach(lines::add);
        lines.add("  Mails are caught at  " + desk.mailCatcherUrl());
        lines.add("  The API is shown at  " + desk.link("/swagger-ui/index.html"));
        lines.add("  The data lies in     " + directory.path());
        lines.add("                       Delete it to start afresh. Ctrl-C stops everything.");
        return lines;
    }
}
