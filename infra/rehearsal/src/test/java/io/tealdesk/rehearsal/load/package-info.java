@NullMarked
package io.tealdesk.rehearsal.load;

import org.jspecify.annotations.NullMarked;
