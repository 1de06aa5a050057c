package io.tealdesk.rehearsal.load;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * A file that the desk took.
 *
 * @param sha256 of the bytes that were sent, in hexadecimal
 */
record Upload(UUID id, String sha256) {

    private static final int SIZE_MIN = 2_000;
    private static final int SIZE_MAX = 40_000;

    /** A log file that nobody else sends. */
    static byte[] content(String marker, RandomGenerator random) {
        var text = new StringBuilder(marker).append('\n');
        int size = random.nextInt(SIZE_MIN, SIZE_MAX);
        while (text.length() < size) {
            text.append(Long.toHexString(random.nextLong())).append(" the desk's own printer says no\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
