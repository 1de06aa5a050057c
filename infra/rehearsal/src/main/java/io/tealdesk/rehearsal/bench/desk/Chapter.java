package io.tealdesk.rehearsal.bench.desk;

/** Some thousand tickets that follow one another, as rows for COPY. */
final class Chapter {

    final CopyText tickets = new CopyText();
    final CopyText messages = new CopyText();
    final CopyText events = new CopyText();
    final CopyText attachments = new CopyText();
    final CopyText messageAttachments = new CopyText();
}
