@NullMarked
package io.tealdesk.hooks;

import org.jspecify.annotations.NullMarked;
