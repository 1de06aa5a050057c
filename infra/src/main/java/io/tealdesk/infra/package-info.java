/**
 * What an operator runs before a stack is updated: is the live traffic where the stacks believe it to be? The tests of
 * this module also hold the rules that the files of a deployment have to keep together.
 */
@NullMarked
package io.tealdesk.infra;

import org.jspecify.annotations.NullMarked;
