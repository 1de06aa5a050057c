package io.tealdesk.live;

/** What somebody does at a ticket. */
enum PresenceActivity {
    VIEWING,
    REPLYING
}
