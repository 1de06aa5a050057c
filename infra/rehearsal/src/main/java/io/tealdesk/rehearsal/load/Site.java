package io.tealdesk.rehearsal.load;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The browser application as tabs load it: new ones whatever index.html names now, old ones for ever the files of the
 * release whose page they have, lazy parts too.
 */
final class Site {

    private static final Pattern IN_PAGE = Pattern.compile("(?:src|href)=\"(/assets/[^\"]+)\"");
    /** How a script or a style sheet names its neighbours: as a preload, an import or an address. */
    private static final Pattern IN_FILE =
            Pattern.compile("(?:assets/|\\./)([A-Za-z0-9_.-]+-[A-Za-z0-9_-]{8}\\.[a-z0-9]{2,5})\\b");

    private static final int FILES_MAX = 2_000;
    private static final int OLD_TAB_FILES = 3;

    private final List<String> filesOfFirstRelease;

    private Site(List<String> filesOfFirstRelease) {
        this.filesOfFirstRelease = List.copyOf(filesOfFirstRelease);
    }

    /** Where nobody loads pages. */
    static Site none() {
        return new Site(List.of());
    }

    /** Loads the page and everything that it can ever ask for; none of it counts for the record. */
    static Site firstLoaded(Wire wire, String address) {
        Answer page = get(wire, "/", address);
        if (page.failure() != null) {
            throw new IllegalStateException("index.html cannot be loaded: " + page.failure());
        }
        var known = new LinkedHashSet<>(named(IN_PAGE, page.text(), ""));
        var toRead = new ArrayDeque<>(known);
        var there = new ArrayList<String>();
        while (!toRead.isEmpty()) {
            String file = toRead.remove();
            Answer answer = get(wire, file, address);
            if (answer.failure() != null) {
                // A text that looked like a name; what the page itself names is missed by the first new tab.
                continue;
            }
            there.add(file);
            if (file.endsWith(".js") || file.endsWith(".css")) {
                for (String neighbour : named(IN_FILE, answer.text(), "/assets/")) {
                    if (known.size() < FILES_MAX && known.add(neighbour)) {
                        toRead.add(neighbour);
                    }
                }
            }
        }
        return new Site(there);
    }

    private static Answer get(Wire wire, String path, String address) {
        return wire.send(Call.get("first visit", path), 1, wire.now(), address, null, null);
    }

    List<String> filesOfFirstRelease() {
        return filesOfFirstRelease;
    }

    /** The page as it is now, and what it names. */
    static void newTab(Browser browser, Instant intended) throws Lost, InterruptedException {
        Answer page = browser.sendAsVisitor(Call.get("page", "/"), intended);
        for (String file : named(IN_PAGE, page.text(), "")) {
            browser.sendAsVisitor(Call.get("asset", file), browser.now());
        }
    }

    void oldTab(Browser browser, Instant intended) throws Lost, InterruptedException {
        for (int count = 0; count < OLD_TAB_FILES; count++) {
            String file = filesOfFirstRelease.get(ThreadLocalRandom.current().nextInt(filesOfFirstRelease.size()));
            browser.sendAsVisitor(Call.get("old asset", file), count == 0 ? intended : browser.now());
        }
    }

    /** How many requests a new tab makes. */
    static int requestsOfNewTab(Wire wire, String address) {
        return 1 + named(IN_PAGE, get(wire, "/", address).text(), "").size();
    }

    private static Set<String> named(Pattern pattern, String text, String prefix) {
        var names = new LinkedHashSet<String>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            names.add(prefix + matcher.group(1));
        }
        return names;
    }
}
