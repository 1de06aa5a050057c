package io.tealdesk;

import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** Gives each test an empty desk and the real time. */
class FreshDesk implements BeforeEachCallback {

    @Override
    public void beforeEach(ExtensionContext test) {
        var application = SpringExtension.getApplicationContext(test);
        application.getBean(MutableClock.class).reset();
        application.getBean(SentMails.class).reset();
        application.getBean(DeskFixtures.class).emptyTheDesk();
    }
}
