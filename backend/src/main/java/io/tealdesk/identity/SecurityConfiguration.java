package io.tealdesk.identity;

import io.tealdesk.shared.Problem;
import io.tealdesk.shared.WellFormedText;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Who may call what. The API is closed unless it stands in the list of public addresses; each controller method says in
 * addition which roles it serves. There is no cookie that authenticates a request but the refresh token's, which is
 * SameSite=Strict and only sent to /api/v1/sessions, so cross-site request forgery finds nothing to ride on.
 */
@Configuration(proxyBeanMethods = false)
@EnableMethodSecurity
class SecurityConfiguration {

    /**
     * The same as in frontend/nginx/headers.conf. Styles that React sets go through the object model, which the policy
     * does not concern, so nothing inline has to be allowed.
     */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; "
            + "form-action 'self'; frame-ancestors 'none'";

    @Bean
    SecurityFilterChain securityFilterChain(
            HttpSecurity http,
            AccessTokens accessTokens,
            Viewers viewers,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        return http.csrf(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .addFilterBefore(
                        new ViewerAuthenticationFilter(accessTokens, viewers, problems),
                        AnonymousAuthenticationFilter.class)
                .authorizeHttpRequests(requests -> requests.requestMatchers(
                                HttpMethod.POST,
                                "/api/v1/registrations",
                                "/api/v1/email-verification-requests",
                                "/api/v1/email-verifications",
                                "/api/v1/sessions",
                                "/api/v1/sessions/refresh",
                                "/api/v1/password-reset-requests",
                                "/api/v1/password-resets",
                                "/api/v1/invitation-acceptances")
                        .permitAll()
                        .requestMatchers(HttpMethod.DELETE, "/api/v1/sessions/current")
                        .permitAll()
                        .requestMatchers(HttpMethod.GET, "/api/v1/about")
                        .permitAll()
                        .requestMatchers("/api", "/api/**")
                        .authenticated()
                        .requestMatchers(HttpMethod.GET, "/actuator/health", "/actuator/health/*")
                        .permitAll()
                        .requestMatchers("/actuator", "/actuator/**")
                        .hasRole(Role.ADMINISTRATOR.name())
                        // What is left is the browser application, the API document and the error page.
                        .anyRequest()
                        .permitAll())
                .exceptionHandling(failures -> failures.authenticationEntryPoint((request, response, failure) ->
                                problems.resolveException(request, response, null, IdentityProblem.notSignedIn()))
                        .accessDeniedHandler((request, response, failure) ->
                                problems.resolveException(request, response, null, Problem.forbidden())))
                .headers(headers -> headers.contentSecurityPolicy(
                                policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                        .permissionsPolicyHeader(
                                policy -> policy.policy("camera=(), microphone=(), geolocation=(), payment=(), usb=()"))
                        .httpStrictTransportSecurity(hsts -> hsts.includeSubDomains(false)))
                .build();
    }

    @Bean
    StrictHttpFirewall httpFirewall() {
        var firewall = new StrictHttpFirewall();
        // A parameter without a value may come as null.
        firewall.setAllowedParameterValues(value -> value == null || WellFormedText.isWellFormed(value));
        return firewall;
    }

    /** The request is measured as a whole; measuring each of its filters would cost as much as finding the viewer. */
    @Bean
    SecurityObservationSettings securityObservationSettings() {
        return SecurityObservationSettings.noObservations();
    }

    /** There are no user names and passwords for Spring Security to check; this keeps Boot from making up a user. */
    @Bean
    AuthenticationManager noAuthenticationManager() {
        return authentication -> {
            throw new AuthenticationServiceException("Requests are authenticated by access token only");
        };
    }

    /** Argon2id with Spring Security's current parameters (16 MiB, two passes). */
    @Bean
    PasswordEncoder passwordEncoder() {
        return Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();
    }
}
