package io.tealdesk.infra.files;

/** Where something stands: what a reader opens first. */
public record Place(String file, int line) {

    @Override
    public String toString() {
        return line > 0 ? file + ":" + line : file;
    }
}
