package io.tealdesk.identity;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Turns a bearer token into a {@link Viewer}. A token that is present but not valid is refused, never ignored. */
class ViewerAuthenticationFilter extends OncePerRequestFilter {

    private static final String SCHEME = "Bearer ";

    private final AccessTokens accessTokens;
    private final Viewers viewers;
    private final HandlerExceptionResolver problems;

    ViewerAuthenticationFilter(AccessTokens accessTokens, Viewers viewers, HandlerExceptionResolver problems) {
        this.accessTokens = accessTokens;
        this.viewers = viewers;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization != null) {
            try {
                var viewer = authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                        ? accessTokens
                                .read(authorization.substring(SCHEME.length()).strip())
                                .flatMap(viewers::find)
                                .orElse(null)
                        : null;
                if (viewer == null) {
                    problems.resolveException(request, response, null, IdentityProblem.accessTokenInvalid());
                    return;
                }
                var context = SecurityContextHolder.createEmptyContext();
                context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                        viewer,
                        null,
                        List.of(new SimpleGrantedAuthority(
                                "ROLE_" + viewer.role().name()))));
                SecurityContextHolder.setContext(context);
            } catch (RuntimeException failure) {
                problems.resolveException(request, response, null, failure);
                return;
            }
        }
        chain.doFilter(request, response);
    }
}
