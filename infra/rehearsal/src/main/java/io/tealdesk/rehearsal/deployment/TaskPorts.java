package io.tealdesk.rehearsal.deployment;

import io.tealdesk.rehearsal.plan.Color;
import io.tealdesk.rehearsal.plan.ServiceName;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntSupplier;

/** The ports that the load balancer was told before it started: task 1, 2, … of a colour. */
public interface TaskPorts {

    /** How many a colour has; more tasks than that never run at once. */
    int perColor();

    /** Of a number from 1. */
    int port(ServiceName service, Color color, int number);

    /** Takes all of them at once, before anything listens. */
    static TaskPorts planned(int perColor, IntSupplier freePort) {
        Map<String, Integer> ports = new HashMap<>();
        for (ServiceName service : ServiceName.values()) {
            for (Color color : Color.values()) {
                for (int number = 1; number <= perColor; number++) {
                    ports.put(service + "-" + color + "-" + number, freePort.getAsInt());
                }
            }
        }
        return new TaskPorts() {
            @Override
            public int perColor() {
                return perColor;
            }

            @Override
            public int port(ServiceName service, Color color, int number) {
                return Objects.requireNonNull(ports.get(service + "-" + color + "-" + number), "number");
            }
        };
    }
}
