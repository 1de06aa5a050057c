@NullMarked
package io.tealdesk.rehearsal;

import org.jspecify.annotations.NullMarked;
