package io.tealdesk.rehearsal.bench;

import io.tealdesk.rehearsal.load.Caller;
import java.io.IOException;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One address that is the same for everybody. */
record Look(String name, String path, @Nullable Duration promise) implements Operation {

    @Override
    public void run(Caller agent, RandomGenerator random) throws IOException, InterruptedException {
        agent.get(path);
    }
}
