package io.tealdesk.rehearsal.drills;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;

/** A hook's function that never comes back, and so never reports. */
public final class HangingHook implements RequestStreamHandler {

    @Override
    public void handleRequest(InputStream payload, OutputStream answer, Context context) {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
