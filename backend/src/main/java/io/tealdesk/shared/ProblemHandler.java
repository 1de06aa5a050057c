package io.tealdesk.shared;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.ConstraintViolationException;
import java.net.URI;
import java.util.List;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.orm.ObjectOptimisticLockingFailureException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.validation.FieldError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;

/** Renders every failure of a request as an RFC 9457 problem; nothing else in Tealdesk writes an error body. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class ProblemHandler extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);
    /** All that the pool says when a transaction is rolled back on a connection that broke in its middle. */
    private static final String CLOSED_BY_POOL = "Connection is closed";

    @ExceptionHandler
    @Nullable ResponseEntity<Object> handle(Problem problem, WebRequest request) {
        var headers = new HttpHeaders();
        problem.headers().forEach(headers::add);
        return respond(problem, problem.toProblemDetail(), headers, problem.status(), request);
    }

    @ExceptionHandler
    @Nullable ResponseEntity<Object> handle(AccessDeniedException denied, WebRequest request) {
        return handle(Problem.forbidden(), request);
    }

    @ExceptionHandler
    @Nullable ResponseEntity<Object> handle(ObjectOptimisticLockingFailureException lost, WebRequest request) {
        return handle(EntityVersion.stale(), request);
    }

    /** Characters that may not stand there, or percent signs that stand for no UTF-8. */
    @ExceptionHandler({RequestRejectedException.class, InvalidParameterException.class})
    @Nullable ResponseEntity<Object> handleMalformedAddress(Exception rejected, WebRequest request) {
        return handle(
                new Problem(
                        HttpStatus.BAD_REQUEST,
                        "malformed-request",
                        "Malformed request",
                        "The address, a header or a parameter holds characters that are not allowed there."),
                request);
    }

    @ExceptionHandler
    @Nullable ResponseEntity<Object> handle(ConstraintViolationException invalid, WebRequest request) {
        var errors = invalid.getConstraintViolations().stream()
                .map(violation -> new FieldProblem(
                        violation.getPropertyPath().toString(),
                        violation
                                .getConstraintDescriptor()
                                .getAnnotation()
                                .annotationType()
                                .getSimpleName(),
                        violation.getMessage()))
                .toList();
        return handle(Problem.invalidFields(errors), request);
    }

    /** No connection, a connection that broke, or a statement that ran out of time: all pass, so say when to return. */
    @ExceptionHandler({
        CannotCreateTransactionException.class,
        DataAccessResourceFailureException.class,
        QueryTimeoutException.class,
        PessimisticLockingFailureException.class
    })
    @Nullable ResponseEntity<Object> handleDatabaseGone(Exception failure, WebRequest request) {
        log.warn("The database did not answer: {}", failure.toString());
        return handle(Problem.temporarilyUnavailable(), request);
    }

    @ExceptionHandler
    @Nullable ResponseEntity<Object> handle(Exception failure, WebRequest request) {
        if (DisconnectedClientHelper.isClientDisconnectedException(failure)) {
            return null;
        }
        if (isDatabaseGone(failure)) {
            return handleDatabaseGone(failure, request);
        }
        log.error("A request failed unexpectedly", failure);
        return handle(
                new Problem(
                        HttpStatus.INTERNAL_SERVER_ERROR,
                        "internal-error",
                        "Something went wrong on our side",
                        "It was recorded. Give the request id when you ask about it."),
                request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException invalid, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var errors = invalid.getBindingResult().getAllErrors().stream()
                .map(error -> new FieldProblem(
                        error instanceof FieldError field ? field.getField() : error.getObjectName(),
                        code(error),
                        message(error)))
                .toList();
        return handle(Problem.invalidFields(errors), request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException invalid, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var errors = invalid.getParameterValidationResults().stream()
                .flatMap(result -> {
                    var parameter = result.getMethodParameter().getParameterName();
                    if (result instanceof ParameterErrors nested) {
                        return nested.getFieldErrors().stream()
                                .map(field -> new FieldProblem(field.getField(), code(field), message(field)));
                    }
                    return result.getResolvableErrors().stream()
                            .map(error -> new FieldProblem(
                                    parameter == null ? "request" : parameter, code(error), message(error)));
                })
                .toList();
        return handle(Problem.invalidFields(errors), request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException unreadable,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        for (Throwable cause = unreadable; cause != null; cause = cause.getCause()) {
            if (cause instanceof Problem problem) {
                return handle(problem, request);
            }
        }
        return handle(
                new Problem(
                        HttpStatus.BAD_REQUEST,
                        "malformed-json",
                        "The request body cannot be read",
                        "Send one JSON object in UTF-8 whose values have the documented types."),
                request);
    }

    /** All that Spring itself refuses: unknown paths, wrong methods and media types, missing or mistyped parameters. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception failure,
            @Nullable Object body,
            HttpHeaders headers,
            HttpStatusCode statusCode,
            WebRequest request) {
        if (failure instanceof MethodArgumentTypeMismatchException mismatch) {
            return handle(
                    Problem.invalidFields(List.of(
                            new FieldProblem(mismatch.getName(), "TypeMismatch", "is not of the documented type"))),
                    request);
        }
        var status = HttpStatus.valueOf(statusCode.value());
        var problem = switch (status) {
            case NOT_FOUND -> Problem.notFound();
            case METHOD_NOT_ALLOWED ->
                new Problem(
                        status,
                        "method-not-allowed",
                        "Method not allowed",
                        "This address answers other methods; see the Allow header.");
            case NOT_ACCEPTABLE ->
                new Problem(
                        status,
                        "not-acceptable",
                        "Not acceptable",
                        "This address cannot answer in a media type that the Accept header allows.");
            case UNSUPPORTED_MEDIA_TYPE ->
                new Problem(
                        status,
                        "unsupported-media-type",
                        "Unsupported media type",
                        "Send the body as the documented media type.");
            case CONTENT_TOO_LARGE ->
                new Problem(status, "body-too-large", "Too large", "The request body is too large.");
            default ->
                status.is4xxClientError()
                        ? new Problem(
                                status,
                                "malformed-request",
                                "Malformed request",
                                "A parameter or header is missing or malformed.")
                        : new Problem(
                                status,
                                "internal-error",
                                "Something went wrong on our side",
                                "It was recorded. Give the request id when you ask about it.");
        };
        return respond(failure, problem.toProblemDetail(), headers, status, request);
    }

    private @Nullable ResponseEntity<Object> respond(
            Exception failure, ProblemDetail detail, HttpHeaders headers, HttpStatus status, WebRequest request) {
        if (request instanceof ServletWebRequest servlet) {
            HttpServletRequest http = servlet.getRequest();
            detail.setInstance(
                    URI.create(http.getRequestURI().replaceAll("[^\\x21-\\x7e]|[\"<>\\\\^`{|}\\[\\]]", "_")));
            if (servlet.getResponse() != null && servlet.getResponse().isCommitted()) {
                log.warn("Too late to answer with a problem, the response has begun: {}", failure.toString());
                return null;
            }
        }
        detail.setProperty("requestId", MDC.get(RequestIdFilter.MDC_KEY));
        headers = HttpHeaders.copyOf(headers);
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return new ResponseEntity<>(detail, headers, status);
    }

    /** The annotation's name, such as {@code Size}: stable enough for a client to switch on. */
    private static String code(MessageSourceResolvable error) {
        var codes = error.getCodes();
        return codes == null || codes.length == 0 ? "Invalid" : codes[codes.length - 1];
    }

    private static String message(MessageSourceResolvable error) {
        var message = error.getDefaultMessage();
        return message == null || code(error).equals("typeMismatch") ? "is not of the documented type" : message;
    }

    private static boolean isDatabaseGone(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof java.sql.SQLTransientConnectionException
                    || cause instanceof java.sql.SQLRecoverableException
                    || (cause instanceof java.sql.SQLException sql && isConnectionLost(sql))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isConnectionLost(java.sql.SQLException failure) {
        var state = failure.getSQLState();
        return state == null
                ? CLOSED_BY_POOL.equals(failure.getMessage())
                : state.startsWith("08") || state.startsWith("57P");
    }
}
