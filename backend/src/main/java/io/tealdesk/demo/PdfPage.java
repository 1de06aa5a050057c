package io.tealdesk.demo;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/** One page of lines in a font that every reader has, and its PDF file. */
final class PdfPage {

    private static final Charset WIN_ANSI = Charset.forName("windows-1252");

    private final StringBuilder content = new StringBuilder();
    private int y = 790;

    PdfPage title(String text) {
        y -= 14;
        write("/F2 20 Tf", text);
        y -= 30;
        return this;
    }

    PdfPage line(String text) {
        write("/F1 11 Tf", text);
        y -= 17;
        return this;
    }

    PdfPage strongLine(String text) {
        write("/F2 11 Tf", text);
        y -= 17;
        return this;
    }

    PdfPage space() {
        y -= 14;
        return this;
    }

    PdfPage rule() {
        content.append("0.6 w 56 ")
                .append(y + 8)
                .append(" m 540 ")
                .append(y + 8)
                .append(" l S\n");
        y -= 8;
        return this;
    }

    byte[] pdf() {
        var stream = content.toString();
        var objects = List.of(
                "<< /Type /Catalog /Pages 2 0 R >>",
                "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 6 0 R"
                        + " /Resources << /Font << /F1 4 0 R /F2 5 0 R >> >> >>",
                "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
                "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
                "<< /Length " + stream.getBytes(WIN_ANSI).length + " >>\nstream\n" + stream + "endstream");
        var file = new ByteArrayOutputStream();
        file.writeBytes("%PDF-1.4\n".getBytes(StandardCharsets.US_ASCII));
        var offsets = new ArrayList<Integer>();
        for (var object : objects) {
            offsets.add(file.size());
            file.writeBytes((offsets.size() + " 0 obj\n" + object + "\nendobj\n").getBytes(WIN_ANSI));
        }
        int start = file.size();
        var end = new StringBuilder("xref\n0 " + (objects.size() + 1) + "\n0000000000 65535 f \n");
        // Each entry is exactly twenty bytes long.
        offsets.forEach(offset -> end.append("%010d 00000 n \n".formatted(offset)));
        end.append("trailer << /Size ").append(objects.size() + 1).append(" /Root 1 0 R >>\nstartxref\n");
        file.writeBytes(end.append(start).append("\n%%EOF\n").toString().getBytes(StandardCharsets.US_ASCII));
        return file.toByteArray();
    }

    private void write(String font, String text) {
        var escaped = encodable(text).replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)");
        content.append("BT ").append(font).append(" 56 ").append(y).append(" Td (");
        content.append(escaped).append(") Tj ET\n");
    }

    /** The built-in fonts know Western letters only: others lose their accents. */
    private static String encodable(String text) {
        var encoder = WIN_ANSI.newEncoder();
        return encoder.canEncode(text)
                ? text
                : Normalizer.normalize(text, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
    }
}
