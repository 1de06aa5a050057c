package io.tealdesk.rehearsal.world;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An upload in the encoding {@code aws-chunked}: pieces that begin with their size and perhaps a signature, and trailers
 * with the whole's checksum ("Signature calculations for chunked uploads", S3 API reference).
 */
final class AwsChunks {

    private final byte[] content;
    private final Map<String, String> trailers;

    private AwsChunks(byte[] content, Map<String, String> trailers) {
        this.content = content;
        this.trailers = trailers;
    }

    static AwsChunks read(InputStream encoded) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (int size = size(line(encoded)); size > 0; size = size(line(encoded))) {
            byte[] piece = encoded.readNBytes(size);
            if (piece.length < size) {
                throw new EOFException("The upload ends within a chunk");
            }
            content.write(piece);
            line(encoded);
        }
        Map<String, String> trailers = new HashMap<>();
        for (String line = line(encoded); !line.isEmpty(); line = line(encoded)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                trailers.put(
                        line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return new AwsChunks(content.toByteArray(), Map.copyOf(trailers));
    }

    byte[] content() {
        return content;
    }

    /** By their names in lower case. */
    Map<String, String> trailers() {
        return trailers;
    }

    private static int size(String line) throws IOException {
        int end = line.indexOf(';');
        try {
            return Integer.parseInt(end < 0 ? line : line.substring(0, end), 16);
        } catch (NumberFormatException malformed) {
            throw new IOException("Not a chunk's size: " + line, malformed);
        }
    }

    /** Without its end; empty at the end of the upload, which some clients leave without a last empty line. */
    private static String line(InputStream encoded) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = encoded.read(); next >= 0 && next != '\n'; next = encoded.read()) {
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.US_ASCII);
    }
}
