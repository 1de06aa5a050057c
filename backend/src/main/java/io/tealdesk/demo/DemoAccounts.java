package io.tealdesk.demo;

import io.tealdesk.shared.DemoLogins;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;

/** The logins to try first: one of each role, an agent of each team, and a customer who writes German. */
@Component
@ConditionalOnBooleanProperty("tealdesk.demo.enabled")
class DemoAccounts implements DemoLogins {

    /** Of all people in the demo. */
    static final String PASSWORD = "teal-demo-2026";

    @Override
    public List<DemoLogin> list() {
        return List.of(
                new DemoLogin("dana@tealdesk.example", PASSWORD, "AGENT", "Dana Okafor"),
                new DemoLogin("lena@tealdesk.example", PASSWORD, "AGENT", "Lena Vogtland"),
                new DemoLogin("ada@tealdesk.example", PASSWORD, "ADMINISTRATOR", "Ada Lindqvist"),
                new DemoLogin("kim@millrace-cycles.example", PASSWORD, "CUSTOMER", "Kim Hathaway"),
                new DemoLogin("katrin@gruenkorb.example", PASSWORD, "CUSTOMER", "Katrin Moosbrugger"));
    }
}
