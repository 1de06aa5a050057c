package io.tealdesk.identity;

import io.tealdesk.identity.MailTokens.Purpose;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What people who are not signed in may do about accounts. */
@RestController
@RequestMapping("/api/v1")
@PreAuthorize("permitAll()")
class AccountController {

    static final String LOCALES = "en|de";

    private final Accounts accounts;

    AccountController(Accounts accounts) {
        this.accounts = accounts;
    }

    @PostMapping("/registrations")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void register(@RequestBody @Valid RegistrationRequest registration, HttpServletRequest request) {
        accounts.askToRegister(
                registration.email,
                registration.name,
                registration.password,
                registration.locale,
                request.getRemoteAddr());
    }

    @PostMapping("/email-verification-requests")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void requestEmailVerification(@RequestBody @Valid EmailAddressRequest address, HttpServletRequest request) {
        accounts.askForLink(Purpose.VERIFY_EMAIL, address.email, request.getRemoteAddr());
    }

    @PostMapping("/email-verifications")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void verifyEmail(@RequestBody @Valid EmailVerificationRequest verification) {
        accounts.verifyEmail(verification.token);
    }

    @PostMapping("/password-reset-requests")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void requestPasswordReset(@RequestBody @Valid EmailAddressRequest address, HttpServletRequest request) {
        accounts.askForLink(Purpose.RESET_PASSWORD, address.email, request.getRemoteAddr());
    }

    @PostMapping("/password-resets")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void resetPassword(@RequestBody @Valid PasswordResetRequest reset) {
        accounts.resetPassword(reset.token, reset.password);
    }

    @PostMapping("/invitation-acceptances")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void acceptInvitation(@RequestBody @Valid InvitationAcceptanceRequest acceptance) {
        accounts.acceptInvitation(acceptance.token, acceptance.name, acceptance.password);
    }

    record RegistrationRequest(
            @NotBlank @Size(max = 120) String name,
            @NotBlank @Email @Size(max = 254) String email,
            @NotNull String password,
            @NotNull @Pattern(regexp = LOCALES) String locale) {

        @Override
        public String toString() {
            return "RegistrationRequest[email=" + email + ']';
        }
    }

    record EmailAddressRequest(
            @NotBlank @Email @Size(max = 254) String email) {}

    record EmailVerificationRequest(
            @NotBlank @Size(max = 100) String token) {

        @Override
        public String toString() {
            return "EmailVerificationRequest[…]";
        }
    }

    record PasswordResetRequest(
            @NotBlank @Size(max = 100) String token,
            @NotNull String password) {

        @Override
        public String toString() {
            return "PasswordResetRequest[…]";
        }
    }

    record InvitationAcceptanceRequest(
            @NotBlank @Size(max = 100) String token,
            @NotBlank @Size(max = 120) String name,
            @NotNull String password) {

        @Override
        public String toString() {
            return "InvitationAcceptanceRequest[name=" + name + ']';
        }
    }
}
