/**
 * From a recording to what people read: the verdict, the report as a page and as JSON, the progress at the terminal.
 */
@NullMarked
package io.tealdesk.rehearsal.report;

import org.jspecify.annotations.NullMarked;
