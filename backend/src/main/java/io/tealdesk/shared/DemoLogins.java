package io.tealdesk.shared;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** The accounts that a desk with demo data invites everybody to use. Empty on a real desk. */
public interface DemoLogins {

    List<DemoLogin> list();

    /** A way in for a first look. The password is no secret: it is the same in every demo. */
    record DemoLogin(
            String email,
            String password,

            @Schema(allowableValues = {"CUSTOMER", "AGENT", "ADMINISTRATOR"})
            String role,

            String name) {}
}
