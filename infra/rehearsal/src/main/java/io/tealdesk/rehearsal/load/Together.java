package io.tealdesk.rehearsal.load;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** Requests that a page makes at the same moment. */
final class Together {

    private Together() {}

    /** Returns when all are answered. */
    static List<Answer> send(Browser browser, Instant intended, List<Call> calls) throws Lost, InterruptedException {
        List<FutureTask<Answer>> others = new ArrayList<>();
        for (Call call : calls.subList(1, calls.size())) {
            var task = new FutureTask<>(() -> browser.send(call, intended));
            others.add(task);
            Thread.startVirtualThread(task);
        }
        List<Answer> answers = new ArrayList<>();
        Lost lost = null;
        try {
            answers.add(browser.send(calls.getFirst(), intended));
        } catch (Lost e) {
            lost = e;
        }
        for (Future<Answer> other : others) {
            try {
                answers.add(other.get());
            } catch (ExecutionException e) {
                lost = lost(e);
            }
        }
        if (lost != null) {
            throw lost;
        }
        return answers;
    }

    private static Lost lost(ExecutionException e) throws InterruptedException {
        return switch (e.getCause()) {
            case Lost lost -> lost;
            case InterruptedException interrupted -> throw interrupted;
            case RuntimeException fault -> throw fault;
            case null, default -> throw new IllegalStateException(e);
        };
    }
}
