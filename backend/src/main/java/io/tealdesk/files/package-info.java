/**
 * Attachments: taken in as a stream, kept under random keys in a directory or in S3, told apart by their bytes. Which
 * message an attachment belongs to, and so who may read it, is the business of conversations.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "identity"})
package io.tealdesk.files;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
