package io.tealdesk.sla;

/** What is announced of a clock, each once. */
enum SlaStage {
    WARNING,
    BREACH
}
