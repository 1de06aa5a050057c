/**
 * What happened and when, as facts: requests, phases, events, samples. Everything that is judged or drawn is read from\n * here.
 */
@NullMarked
package io.tealdesk.rehearsal.recording;

import org.jspecify.annotations.NullMarked;
