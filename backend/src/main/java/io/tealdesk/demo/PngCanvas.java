package io.tealdesk.demo;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** A small picture and its PNG file. Not java.awt: that needs fonts and native libraries which a server may not have. */
final class PngCanvas {

    private static final int GLYPH_WIDTH = 5;
    private static final int GLYPH_HEIGHT = 7;

    /** Seven rows of five dots each, in base 32. */
    private static final Map<Character, String> GLYPHS = Map.ofEntries(
            Map.entry('0', "EHJLPHE"),
            Map.entry('1', "4C4444E"),
            Map.entry('2', "EH1248V"),
            Map.entry('3', "V2421HE"),
            Map.entry('4', "26AIV22"),
            Map.entry('5', "VGU11HE"),
            Map.entry('6', "68GUHHE"),
            Map.entry('7', "V124888"),
            Map.entry('8', "EHHEHHE"),
            Map.entry('9', "EHHF12C"),
            Map.entry('A', "EHHHVHH"),
            Map.entry('B', "UHHUHHU"),
            Map.entry('C', "EHGGGHE"),
            Map.entry('D', "SIHHHIS"),
            Map.entry('E', "VGGUGGV"),
            Map.entry('F', "VGGUGGG"),
            Map.entry('G', "EHGNHHF"),
            Map.entry('H', "HHHVHHH"),
            Map.entry('I', "E44444E"),
            Map.entry('K', "HIKOKIH"),
            Map.entry('L', "GGGGGGV"),
            Map.entry('M', "HRLLHHH"),
            Map.entry('N', "HHPLJHH"),
            Map.entry('O', "EHHHHHE"),
            Map.entry('P', "UHHUGGG"),
            Map.entry('R', "UHHUKIH"),
            Map.entry('S', "FGGE11U"),
            Map.entry('T', "V444444"),
            Map.entry('U', "HHHHHHE"),
            Map.entry('V', "HHHHHA4"),
            Map.entry('W', "HHHLLLA"),
            Map.entry('Y', "HHHA444"),
            Map.entry('-', "000V000"),
            Map.entry('.', "00000CC"),
            Map.entry('%', "OP248J3"),
            Map.entry('!', "4444404"));

    private final int width;
    private final int height;
    private final byte[] pixels;

    PngCanvas(int width, int height) {
        this.width = width;
        this.height = height;
        this.pixels = new byte[width * height * 3];
    }

    PngCanvas shade(int top, int bottom) {
        for (int y = 0; y < height; y++) {
            int colour = mix(top, bottom, (double) y / height);
            for (int x = 0; x < width; x++) {
                dot(x, y, colour);
            }
        }
        return this;
    }

    PngCanvas box(int left, int top, int boxWidth, int boxHeight, int colour) {
        for (int y = top; y < top + boxHeight; y++) {
            for (int x = left; x < left + boxWidth; x++) {
                dot(x, y, colour);
            }
        }
        return this;
    }

    PngCanvas ring(int centreX, int centreY, int radius, int thickness, int colour) {
        int inner = (radius - thickness) * (radius - thickness);
        for (int y = -radius; y <= radius; y++) {
            for (int x = -radius; x <= radius; x++) {
                int distance = x * x + y * y;
                if (distance <= radius * radius && distance >= inner) {
                    dot(centreX + x, centreY + y, colour);
                }
            }
        }
        return this;
    }

    PngCanvas line(int fromX, int fromY, int toX, int toY, int thickness, int colour) {
        int steps = Math.max(1, Math.max(Math.abs(toX - fromX), Math.abs(toY - fromY)));
        for (int step = 0; step <= steps; step++) {
            int x = fromX + (toX - fromX) * step / steps;
            int y = fromY + (toY - fromY) * step / steps;
            box(x - thickness / 2, y - thickness / 2, thickness, thickness, colour);
        }
        return this;
    }

    PngCanvas text(int left, int top, int scale, int colour, String text) {
        int x = left;
        for (char letter : text.toUpperCase(Locale.ROOT).toCharArray()) {
            var rows = GLYPHS.get(letter);
            for (int row = 0; rows != null && row < GLYPH_HEIGHT; row++) {
                int dots = Character.digit(rows.charAt(row), 32);
                for (int column = 0; column < GLYPH_WIDTH; column++) {
                    if ((dots >> (GLYPH_WIDTH - 1 - column) & 1) == 1) {
                        box(x + column * scale, top + row * scale, scale, scale, colour);
                    }
                }
            }
            x += (GLYPH_WIDTH + 1) * scale;
        }
        return this;
    }

    byte[] png() {
        var file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        // Eight bits a channel, RGB, nothing special.
        chunk(
                file,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put(new byte[] {8, 2, 0, 0, 0})
                        .array());
        chunk(file, "IDAT", deflated());
        chunk(file, "IEND", new byte[0]);
        return file.toByteArray();
    }

    private byte[] deflated() {
        var rows = new byte[(width * 3 + 1) * height];
        for (int y = 0; y < height; y++) {
            // Each row begins with its filter, here none.
            System.arraycopy(pixels, y * width * 3, rows, y * (width * 3 + 1) + 1, width * 3);
        }
        var deflated = new ByteArrayOutputStream();
        try (var deflater = new Deflater()) {
            deflater.setInput(rows);
            deflater.finish();
            var buffer = new byte[8192];
            while (!deflater.finished()) {
                deflated.write(buffer, 0, deflater.deflate(buffer));
            }
        }
        return deflated.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream file, String type, byte[] data) {
        var checked = new ByteArrayOutputStream();
        checked.writeBytes(type.getBytes(StandardCharsets.US_ASCII));
        checked.writeBytes(data);
        var sum = new CRC32();
        sum.update(checked.toByteArray());
        file.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        file.writeBytes(checked.toByteArray());
        file.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }

    private void dot(int x, int y, int colour) {
        if (x >= 0 && y >= 0 && x < width && y < height) {
            int index = (y * width + x) * 3;
            pixels[index] = (byte) (colour >> 16);
            pixels[index + 1] = (byte) (colour >> 8);
            pixels[index + 2] = (byte) colour;
        }
    }

    private static int mix(int from, int to, double share) {
        int mixed = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int channel = (int) ((from >> shift & 0xFF) * (1 - share) + (to >> shift & 0xFF) * share);
            mixed |= channel << shift;
        }
        return mixed;
    }
}
