package io.tealdesk.demo;

import io.tealdesk.demo.DemoDesk.DemoAttachment;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Makes the files that people attach: simple, but real ones of their kind, with the ticket's own facts in them. */
final class DemoDocuments {

    private static final int TEAL = 0x0F766E;
    private static final int RED = 0xC0392B;
    private static final int INK = 0x1F2A30;
    private static final int PAPER = 0xF4F6F6;
    private static final int[] FRAMES = {0x4F6B4A, 0x56616B, 0xD9692B, 0xC9B68C, 0x2B3A5C};

    private final Map<String, String> facts;
    private final String fileName;
    private final Random random;

    private DemoDocuments(DemoAttachment attachment) {
        this.facts = attachment.facts();
        this.fileName = attachment.fileName();
        this.random = new Random(attachment.fileName().hashCode());
    }

    static byte[] draw(DemoAttachment attachment) {
        var documents = new DemoDocuments(attachment);
        return switch (attachment.kind()) {
            case "photo" -> documents.photo();
            case "screen" -> documents.screen();
            case "chart" -> documents.chart();
            case "invoice" -> documents.invoice();
            case "offer" -> documents.offer();
            case "label" -> documents.label();
            case "report" -> documents.report();
            case "log" -> text(documents.log());
            case "table" -> text(documents.table());
            default -> throw new IllegalStateException("Demo content: no such kind of file: " + attachment.kind());
        };
    }

    /** A trailer from the side, and a red ring around what the customer means. */
    private byte[] photo() {
        int frame = FRAMES[random.nextInt(FRAMES.length)];
        int shift = random.nextInt(40);
        var canvas = new PngCanvas(480, 320).shade(0xC9D6DB, 0x8C9A93).box(0, 250, 480, 70, 0x6F756B);
        canvas.box(120 + shift, 120, 220, 90, frame).box(120 + shift, 112, 220, 8, INK);
        canvas.line(120 + shift, 200, 20, 232, 8, INK).ring(20, 234, 10, 4, INK);
        canvas.ring(230 + shift, 212, 56, 8, INK).ring(230 + shift, 212, 8, 8, 0xB8C0C2);
        int damageX = 60 + random.nextInt(300);
        int damageY = 130 + random.nextInt(100);
        canvas.line(damageX - 16, damageY - 8, damageX + 14, damageY + 10, 3, 0xE8E2D4);
        return canvas.ring(damageX, damageY, 36, 4, RED).png();
    }

    private byte[] screen() {
        var canvas = new PngCanvas(270, 480).shade(INK, INK).box(12, 20, 246, 440, PAPER);
        canvas.box(12, 20, 246, 52, TEAL).text(28, 36, 3, PAPER, "PELLWICK");
        var message = facts.getOrDefault("code", fileName.contains("update") ? facts.get("percent") + "%" : "ERROR");
        canvas.ring(135, 180, 54, 8, RED).text(123, 156, 7, RED, "!");
        canvas.text(135 - message.length() * 15, 262, 5, INK, message);
        for (int row = 0; row < 4; row++) {
            canvas.box(40, 326 + row * 22, 190 - random.nextInt(90), 8, 0xC4CDD0);
        }
        return canvas.box(60, 420, 150, 26, TEAL).png();
    }

    private byte[] chart() {
        var canvas = new PngCanvas(560, 300).shade(0xFFFFFF, 0xFFFFFF);
        for (int share = 0; share <= 100; share += 25) {
            int y = 260 - share * 2;
            canvas.box(60, y, 480, 1, 0xD5DCDE).text(12, y - 5, 2, INK, share + "%");
        }
        int x = 60;
        double charge = 100;
        while (x < 530) {
            int nextX = x + 12;
            double next = Math.max(4, charge - random.nextDouble() * 5);
            canvas.line(x, (int) (260 - charge * 2), nextX, (int) (260 - next * 2), 3, TEAL);
            x = nextX;
            charge = next;
        }
        return canvas.png();
    }

    private byte[] invoice() {
        return letter(fileName.startsWith("CN") ? "Credit note " + fact("creditnote") : "Invoice " + fact("invoice"))
                .strongLine("Pos   Article                                          Amount")
                .rule()
                .line("1      " + fact("product") + ", serial " + fact("serial") + "        " + fact("price"))
                .line("2      Shipping with " + fact("carrier") + "                 included")
                .rule()
                .strongLine("Total " + fact("price") + ", VAT as shown in your account")
                .space()
                .line("Order " + fact("order") + ". Payable within 14 days, reference: the number of this document.")
                .pdf();
    }

    private byte[] offer() {
        return letter("Offer for " + fact("organisation"))
                .line("Thank you for your request. We are pleased to offer:")
                .space()
                .strongLine(fact("qty") + " x " + fact("cargo") + ", each " + fact("price") + " net")
                .line("Maintenance, 36 months, each " + fact("amount") + " a month")
                .line("Delivery to " + fact("city") + " included from eight units")
                .space()
                .line("Carbon footprint: 96 kg CO2e for each unit, cradle to gate, checked by an outside office.")
                .line("Valid for 90 days. Your reference: " + fact("order"))
                .pdf();
    }

    private byte[] label() {
        return new PdfPage()
                .title("RETURN " + fact("rma"))
                .strongLine("To: Pellwick Returns, Hall 3, Foundry Yard 9, 4410 Pellwick")
                .line("From: " + fact("customer") + ", " + fact("street") + ", " + fact("city"))
                .rule()
                .line("Carrier: " + fact("carrier") + "     Tracking: " + fact("tracking"))
                .line("Contents: " + fact("product") + " (" + fact("order") + "), wheels removed")
                .space()
                .line("Please stick this over the old label and keep the lower half until the refund has arrived.")
                .pdf();
    }

    private byte[] report() {
        return letter(fileName.replaceAll("\\.pdf$", "").replace('-', ' '))
                .line("Customer: " + fact("customer") + ", " + fact("organisation"))
                .line("Subject: " + fact("product") + ", serial " + fact("serial"))
                .line("Reference: " + fact("order") + " / " + fact("rma"))
                .line("Amount: " + fact("amount"))
                .rule()
                .line("Issued without signature; questions are answered by the desk, please quote the reference.")
                .pdf();
    }

    private PdfPage letter(String title) {
        return new PdfPage()
                .line("Pellwick Trailers · Foundry Yard 9 · 4410 Pellwick · desk.pellwick.example")
                .rule()
                .space()
                .line(fact("customer"))
                .line(fact("organisation"))
                .line(fact("street") + " 14, " + fact("city"))
                .space()
                .title(title)
                .line(fact("date"))
                .space();
    }

    private String log() {
        var log = new StringBuilder("# " + fileName + " " + fact("date") + "\n");
        log.append("device=").append(fact("link")).append(" serial=").append(fact("serial"));
        log.append(" firmware=")
                .append(fact("firmware"))
                .append(" app=")
                .append(fact("app"))
                .append('\n');
        var lines = new String[] {
            "INFO  modem registered, network B, signal -71 dBm",
            "INFO  position fixed, 9 satellites, accuracy 4 m",
            "WARN  wheel sensor and motor disagree, retry 1",
            "INFO  request POST /v2/events 202 in 184 ms",
            "WARN  request POST /v2/orders timed out after 30000 ms",
            "ERROR cache: no space left on device",
            "INFO  battery 4.08 V, 17 degrees",
            "WARN  modem detached, next attempt in 14400 s",
        };
        int second = random.nextInt(3600) + 6 * 3600;
        for (int line = 0; line < 60; line++) {
            second += random.nextInt(90);
            log.append("%s %02d:%02d:%02d  ".formatted(fact("date"), second / 3600, second / 60 % 60, second % 60));
            log.append(lines[random.nextInt(lines.length)]).append('\n');
        }
        return log.toString();
    }

    private String table() {
        var isPeople = fileName.toLowerCase(Locale.ROOT).contains("dri") || fileName.contains("Fahr");
        var table = new StringBuilder(isPeople ? "name,email,group,card\n" : "position,article,serial,km,quantity\n");
        var groups = new String[] {"North", "Harbour", "Old Town", "Night"};
        for (int row = 1; row <= 24; row++) {
            if (isPeople) {
                table.append("Rider %02d,rider%02d@fleet.example,".formatted(row, row));
                table.append(groups[random.nextInt(groups.length)]);
                table.append(",%06d\n".formatted(random.nextInt(999_999)));
            } else {
                table.append("%d,%s,PW7-%04d-%d,".formatted(row, fact("cargo"), random.nextInt(9999), row % 10));
                table.append("%d,%d\n".formatted(random.nextInt(2400), 1 + random.nextInt(4)));
            }
        }
        return table.toString();
    }

    private String fact(String name) {
        return facts.getOrDefault(name, "-");
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
