package io.tealdesk.shared;

/** One entry of a validation problem's {@code errors}: where, a stable code, and a sentence for people. */
public record FieldProblem(String field, String code, String message) {}
