@NullMarked
package io.tealdesk.rehearsal.plan;

import org.jspecify.annotations.NullMarked;
