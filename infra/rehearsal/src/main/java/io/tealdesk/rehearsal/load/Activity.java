package io.tealdesk.rehearsal.load;

import java.util.EnumMap;
import java.util.Map;

/**
 * What people do, with how often as a share of all operations. Most of it is looking; about every seventh request
 * changes something. Password hashing costs a tenth of a second of CPU, and people stay signed in for weeks.
 */
public enum Activity {
    SIGN_IN(3, 0.2),
    RELOAD(1, 4),
    HOME(2, 3),
    LIST(1, 16),
    NEXT_PAGE(2, 3),
    SEARCH(1, 1),
    POLL(2, 12),
    OPEN_TICKET(3, 10),
    REPLY(2, 5),
    REPLY_WITH_FILE(3, 2),
    NOTE(1, 4),
    CHANGE(2, 5),
    PORTAL_LIST(1, 8),
    PORTAL_OPEN(1, 9),
    ASK(1, 3),
    CUSTOMER_REPLY(2, 4),
    CUSTOMER_REPLY_WITH_FILE(3, 1),
    DOWNLOAD(1, 3),
    NEW_TAB(1, 1),
    OLD_TAB(3, 3);

    private final int requests;
    private final double weight;

    Activity(int requests, double weight) {
        this.requests = requests;
        this.weight = weight;
    }

    int requests() {
        return requests;
    }

    public static Map<Activity, Double> usual() {
        var weights = new EnumMap<Activity, Double>(Activity.class);
        for (Activity activity : values()) {
            weights.put(activity, activity.weight);
        }
        return weights;
    }
}
