package io.tealdesk.shared;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Failures outside of Spring MVC reach the container's error path; they too are answered by {@link ProblemHandler}. */
@RestController
class ProblemErrorController implements ErrorController {

    @RequestMapping("${spring.web.error.path:/error}")
    void error(HttpServletRequest request) {
        var status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                ? HttpStatus.resolve(code)
                : HttpStatus.NOT_FOUND;
        if (status == HttpStatus.NOT_FOUND || status == null) {
            throw Problem.notFound();
        }
        if (status.is4xxClientError()) {
            throw new Problem(
                    status, "malformed-request", "Malformed request", "The request cannot be understood as HTTP.");
        }
        throw new Problem(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "internal-error",
                "Something went wrong on our side",
                "It was recorded. Give the request id when you ask about it.");
    }
}
