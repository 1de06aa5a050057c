package io.tealdesk.demo;

import io.tealdesk.conversations.MessageBody;
import io.tealdesk.files.AttachmentFiles;
import java.time.Clock;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Fills an empty desk with the demo, once, in one transaction: whoever stops it half-way finds the desk empty again.
 * It runs before an empty desk gets its first administrator, so that the demo's own is the only one.
 */
@Component
@Order(0)
@ConditionalOnBooleanProperty("tealdesk.demo.enabled")
class DemoLoader implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(DemoLoader.class);
    /** Any number that nothing else locks: two tasks may start on an empty database at once. */
    private static final long ADVISORY_LOCK = 0x7EA1_0002L;

    private static final long SEED = 7;

    private final JdbcTemplate jdbc;
    private final AttachmentFiles files;
    private final PasswordEncoder passwords;
    private final Clock clock;

    DemoLoader(JdbcTemplate jdbc, AttachmentFiles files, PasswordEncoder passwords, Clock clock) {
        this.jdbc = jdbc;
        this.files = files;
        this.passwords = passwords;
        this.clock = clock;
    }

    @Override
    @Transactional
    public void run(ApplicationArguments arguments) {
        load();
    }

    /** Returns whether there was anything to do. Needs a transaction. */
    boolean load() {
        jdbc.queryForList("select pg_advisory_xact_lock(?)", ADVISORY_LOCK);
        if (!isDeskEmpty()) {
            return false;
        }
        var start = clock.instant();
        var content = DemoContentReader.read();
        var desk = new DemoDeskGenerator(content, start, SEED).generate();
        var passwordHash = Objects.requireNonNull(passwords.encode(DemoAccounts.PASSWORD));
        new DemoDeskWriter(jdbc, files, MessageBody::html, passwordHash, start).write(desk);
        new DemoMacros(jdbc, start).write(content.administratorEmail());
        new DemoSla(jdbc, start).write();
        log.info(
                "Filled the empty desk with the demo: {} people, {} tickets",
                desk.people().size(),
                desk.tickets().size());
        return true;
    }

    /** Whoever has entered customers, organisations or tickets has begun to work and wants no demo. */
    private boolean isDeskEmpty() {
        return Boolean.TRUE.equals(jdbc.queryForObject("""
                select not exists (select from ticket)
                   and not exists (select from organisation)
                   and not exists (select from person where role <> 'ADMINISTRATOR')""", Boolean.class));
    }
}
