package io.tealdesk.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tealdesk.DeskTest;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.orm.jpa.JpaSystemException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.context.request.ServletWebRequest;

/** The database goes away in the middle of a transaction. */
@DeskTest
class LostConnectionTests {

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ProblemHandler problems;

    @Test
    void isAnsweredAsPassingThoughTheRollbackFailsToo() {
        var failure = catchThrowableOfType(
                JpaSystemException.class,
                () -> new TransactionTemplate(transactions)
                        .executeWithoutResult(transaction -> jdbc.sql("select pg_terminate_backend(pg_backend_pid())")
                                .query(Boolean.class)
                                .single()));

        var answer = Objects.requireNonNull(
                problems.handle(failure, new ServletWebRequest(new MockHttpServletRequest("POST", "/api/v1/tickets"))));

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
        assertThat(answer.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("5");
    }
}
