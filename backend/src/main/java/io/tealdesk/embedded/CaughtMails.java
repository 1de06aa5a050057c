package io.tealdesk.embedded;

import io.tealdesk.shared.RandomToken;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Mails that never left, one file each; the oldest make room for the newest. */
class CaughtMails {

    static final int KEPT_MAX = 500;
    private static final Pattern ID = Pattern.compile("\\d{13}-[A-Za-z0-9_-]{8}");
    private static final String SUFFIX = ".eml";

    private final Path directory;
    private final Clock clock;

    CaughtMails(Path directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    void keep(byte[] mail) throws IOException {
        Files.createDirectories(directory);
        var id = "%013d-%s"
                .formatted(clock.millis(), RandomToken.create().value().substring(0, 8));
        var unfinished = directory.resolve(id + ".part");
        Files.write(unfinished, mail);
        Files.move(unfinished, directory.resolve(id + SUFFIX), StandardCopyOption.ATOMIC_MOVE);
        for (var surplus : ids().stream().skip(KEPT_MAX).toList()) {
            Files.deleteIfExists(directory.resolve(surplus + SUFFIX));
        }
    }

    /** Newest first. */
    List<CaughtMail> list() {
        return ids().stream().flatMap(id -> find(id).stream()).toList();
    }

    Optional<CaughtMail> find(String id) {
        if (!ID.matcher(id).matches()) {
            return Optional.empty();
        }
        try (var content = Files.newInputStream(directory.resolve(id + SUFFIX))) {
            var mail = new MimeMessage(null, content);
            return Optional.of(new CaughtMail(
                    id,
                    Instant.ofEpochMilli(Long.parseLong(id.substring(0, 13))),
                    addresses(mail.getFrom()),
                    addresses(mail.getRecipients(RecipientType.TO)),
                    mail.getSubject() == null ? "" : mail.getSubject(),
                    mail.getMessageID(),
                    text(mail)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MessagingException e) {
            throw new IllegalStateException("Cannot read the caught mail " + id, e);
        }
    }

    private List<String> ids() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .filter(ID.asMatchPredicate())
                    .sorted(Comparator.reverseOrder())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> addresses(jakarta.mail.Address @Nullable [] addresses) {
        return addresses == null
                ? List.of()
                : Arrays.stream(addresses)
                        .map(address -> address instanceof InternetAddress internet
                                ? internet.getAddress()
                                : address.toString())
                        .toList();
    }

    private static String text(Part part) throws MessagingException, IOException {
        if (part.isMimeType("text/plain")) {
            return part.getContent().toString();
        }
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                var text = text(parts.getBodyPart(i));
                if (!text.isEmpty()) {
                    return text;
                }
            }
        }
        return "";
    }

    record CaughtMail(
            String id,
            Instant caughtAt,
            List<String> from,
            List<String> to,
            String subject,
            @Nullable String messageId,
            String text) {

        boolean isTo(String address) {
            return to.stream()
                    .anyMatch(recipient -> recipient.toLowerCase(Locale.ROOT).equals(address.toLowerCase(Locale.ROOT)));
        }
    }
}
