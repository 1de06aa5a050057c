/** The application: nothing but its start. The product lives in the modules below. */
@NullMarked
package io.tealdesk;

import org.jspecify.annotations.NullMarked;
