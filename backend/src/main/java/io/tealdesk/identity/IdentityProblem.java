package io.tealdesk.identity;

import io.tealdesk.shared.Problem;
import org.springframework.http.HttpStatus;

/** What sign-in and the administration of people refuse. */
class IdentityProblem extends Problem {

    private IdentityProblem(HttpStatus status, String slug, String title, String detail) {
        super(status, slug, title, detail);
    }

    static Problem notSignedIn() {
        return new IdentityProblem(
                        HttpStatus.UNAUTHORIZED, "not-signed-in", "Not signed in", "Sign in, then try again.")
                .withHeader("WWW-Authenticate", "Bearer");
    }

    static Problem accessTokenInvalid() {
        return new IdentityProblem(
                        HttpStatus.UNAUTHORIZED,
                        "access-token-invalid",
                        "The access token is not valid",
                        "It has expired, was not issued here, or its session has ended. Refresh it or sign in.")
                .withHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
    }

    static Problem invalidCredentials() {
        return new IdentityProblem(
                HttpStatus.UNAUTHORIZED,
                "invalid-credentials",
                "E-mail address or password is wrong",
                "Check both and try again, or reset the password.");
    }

    static Problem emailNotVerified() {
        return new IdentityProblem(
                HttpStatus.FORBIDDEN,
                "email-not-verified",
                "The e-mail address is not verified yet",
                "Follow the link in the mail we sent, or ask for a new one.");
    }

    static Problem sessionEnded() {
        return new IdentityProblem(
                HttpStatus.UNAUTHORIZED, "session-ended", "The session has ended", "Sign in again to continue.");
    }

    static Problem linkInvalid() {
        return new IdentityProblem(
                HttpStatus.BAD_REQUEST,
                "link-invalid",
                "This link no longer works",
                "It was used before, has expired, or is incomplete. Ask for a new one.");
    }

    static Problem emailTaken() {
        return new IdentityProblem(
                HttpStatus.CONFLICT,
                "email-taken",
                "Somebody has this e-mail address",
                "Find that person in the list instead of adding another.");
    }

    static Problem nameTaken(String what) {
        return new IdentityProblem(
                HttpStatus.CONFLICT, "name-taken", "This name is taken", "Choose another name for the " + what + ".");
    }

    static Problem lastAdministrator() {
        return new IdentityProblem(
                HttpStatus.CONFLICT,
                "last-administrator",
                "This is the last administrator",
                "Make somebody else an administrator first.");
    }

    static Problem teamInUse() {
        return new IdentityProblem(
                HttpStatus.CONFLICT,
                "team-in-use",
                "The team is in use",
                "A team that owns tickets, or receives new ones by default, cannot be deleted. Move its tickets first.");
    }

    static Problem organisationInUse() {
        return new IdentityProblem(
                HttpStatus.CONFLICT,
                "organisation-in-use",
                "The organisation is in use",
                "It has members or tickets. Move its members first; its tickets keep it for good.");
    }

    static Problem notStaff() {
        return new IdentityProblem(
                HttpStatus.CONFLICT,
                "not-staff",
                "Only staff belong to teams",
                "Make this person an agent or an administrator first.");
    }
}
