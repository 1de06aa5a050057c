package io.tealdesk.rehearsal.deployment;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.OutputStream;
import java.time.Duration;

/** Lambda's part, in a process of its own: makes the handler by its name and hands it the payload. */
final class FunctionMain {

    private FunctionMain() {}

    /** @param arguments the handler's class and its timeout in milliseconds; the payload is standard input */
    public static void main(String... arguments) throws Exception {
        long deadline = System.nanoTime()
                + Duration.ofMillis(Long.parseLong(arguments[1])).toNanos();
        Object handler = Class.forName(arguments[0]).getDeclaredConstructor().newInstance();
        ((RequestStreamHandler) handler)
                .handleRequest(System.in, OutputStream.nullOutputStream(), new FunctionContext(deadline));
        System.exit(0);
    }

    /** What Lambda says of a call, as far as a rehearsal knows. */
    private record FunctionContext(long deadline) implements Context {

        @Override
        public int getRemainingTimeInMillis() {
            return Math.toIntExact(
                    Duration.ofNanos(deadline - System.nanoTime()).toMillis());
        }

        @Override
        public String getAwsRequestId() {
            return "rehearsal";
        }

        @Override
        public String getLogGroupName() {
            return "rehearsal";
        }

        @Override
        public String getLogStreamName() {
            return "rehearsal";
        }

        @Override
        public String getFunctionName() {
            return "rehearsal";
        }

        @Override
        public String getFunctionVersion() {
            return "$LATEST";
        }

        @Override
        public String getInvokedFunctionArn() {
            return "arn:aws:lambda:rehearsal";
        }

        @Override
        public CognitoIdentity getIdentity() {
            throw new UnsupportedOperationException("a hook is not called with an identity");
        }

        @Override
        public ClientContext getClientContext() {
            throw new UnsupportedOperationException("a hook is not called by a mobile client");
        }

        @Override
        public int getMemoryLimitInMB() {
            return (int) (Runtime.getRuntime().maxMemory() >> 20);
        }

        @Override
        public LambdaLogger getLogger() {
            throw new UnsupportedOperationException("hooks print");
        }
    }
}
