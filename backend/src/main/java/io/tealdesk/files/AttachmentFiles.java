package io.tealdesk.files;

import io.tealdesk.shared.Problem;
import io.tealdesk.shared.RandomToken;
import io.tealdesk.shared.Sql;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.UUID;
import org.apache.tika.config.TikaConfig;
import org.apache.tika.detect.Detector;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/** Takes attachments in and gives them out again. An upload belongs to its uploader until a message takes it. */
@Component
public class AttachmentFiles {

    public static final DataSize MAX_SIZE = DataSize.ofMegabytes(25);

    private static final Logger log = LoggerFactory.getLogger(AttachmentFiles.class);
    private static final Duration UNATTACHED_KEPT_FOR = Duration.ofDays(1);
    private static final int FORGOTTEN_AT_ONCE_MAX = 500;

    private final FileStore store;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final Detector detector = TikaConfig.getDefaultConfig().getDetector();

    AttachmentFiles(FileStore store, JdbcClient jdbc, Clock clock) {
        this.store = store;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Stores a file, reading no more of it than may be kept.
     *
     * <p>The bytes are durable before the row exists: a crash in between leaves bytes nobody knows of, never a row
     * without bytes.
     */
    public Attachment store(UUID uploaderId, String fileName, InputStream content) {
        var name = FileNames.normalised(fileName);
        @Nullable Path upload = null;
        try {
            upload = Files.createTempFile("upload-", ".part");
            var digest = MessageDigest.getInstance("SHA-256");
            var sizeBytes = copy(content, upload, digest);
            if (sizeBytes == 0) {
                throw AttachmentProblem.empty();
            }
            var mediaType = detected(upload, name);
            var key = RandomToken.create().value();
            store.put(key, upload);
            try {
                var id = jdbc.sql("""
                        insert into attachment
                            (storage_key, file_name, media_type, size_bytes, sha256, uploaded_by, created_at)
                        values (:key, :name, :type, :size, :sha256, :uploader, :now) returning id""")
                        .param("key", key)
                        .param("name", name)
                        .param("type", mediaType)
                        .param("size", sizeBytes)
                        .param("sha256", digest.digest())
                        .param("uploader", uploaderId)
                        .param("now", Sql.timestamp(clock.instant()))
                        .query(UUID.class)
                        .single();
                return new Attachment(id, name, mediaType, sizeBytes);
            } catch (DataIntegrityViolationException refused) {
                // Only where the row is certainly not there; after a lost connection it may be.
                forgetBytes(key);
                throw refused;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        } finally {
            deleteQuietly(upload);
        }
    }

    /** Checks that all were uploaded by this person; whether one is taken already, its message knows. */
    public void requireUploadedBy(UUID uploaderId, Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return;
        }
        // Locked, so that an upload is not forgotten while its message is being written.
        var found = jdbc.sql("""
                        select count(*) from (select from attachment
                                              where id in (:ids) and uploaded_by = :uploader for key share) mine""")
                .param("ids", ids)
                .param("uploader", uploaderId)
                .query(Integer.class)
                .single();
        if (found != ids.size()) {
            throw Problem.invalidField("attachmentIds", "Unknown", "names a file that you did not upload");
        }
    }

    /** Finds a file without asking who wants it: the caller has checked. */
    public StoredFile open(UUID id) {
        return jdbc.sql("select id, file_name, media_type, size_bytes, storage_key from attachment where id = :id")
                .param("id", id)
                .query((row, index) -> new StoredFile(attachment(row), row.getString("storage_key"), store))
                .optional()
                .orElseThrow(Problem::notFound);
    }

    void forgetUnattached() {
        int forgotten;
        do {
            forgotten = forgetSomeUnattached();
        } while (forgotten == FORGOTTEN_AT_ONCE_MAX);
    }

    private int forgetSomeUnattached() {
        var forgotten = jdbc.sql("""
                delete from attachment where id in (
                    select a.id from attachment a
                    where a.created_at < :before
                      and not exists (select from message_attachment m where m.attachment_id = a.id)
                      and not exists (select from message_draft_attachment d where d.attachment_id = a.id)
                      and not exists (select from scheduled_reply_attachment s where s.attachment_id = a.id)
                    limit :limit for update skip locked)
                returning storage_key""")
                .param("before", Sql.timestamp(clock.instant().minus(UNATTACHED_KEPT_FOR)))
                .param("limit", FORGOTTEN_AT_ONCE_MAX)
                .query(String.class)
                .list();
        forgotten.forEach(this::forgetBytes);
        return forgotten.size();
    }

    private void forgetBytes(String key) {
        try {
            store.delete(key);
        } catch (IOException | RuntimeException e) {
            log.warn("The bytes of a forgotten upload remain: {}", e.toString());
        }
    }

    private static long copy(InputStream content, Path upload, MessageDigest digest) throws IOException {
        try (var out = new DigestOutputStream(Files.newOutputStream(upload), digest)) {
            var buffer = new byte[64 * 1024];
            long total = 0;
            for (int count; (count = content.read(buffer)) >= 0; ) {
                total += count;
                if (total > MAX_SIZE.toBytes()) {
                    throw AttachmentProblem.tooLarge(MAX_SIZE);
                }
                out.write(buffer, 0, count);
            }
            return total;
        }
    }

    /** By magic numbers; the name only refines what the bytes allow. No parser ever runs. */
    private String detected(Path upload, String name) throws IOException {
        var metadata = new Metadata();
        metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, name);
        try (var content = TikaInputStream.get(upload)) {
            return detector.detect(content, metadata).toString();
        }
    }

    private static void deleteQuietly(@Nullable Path upload) {
        if (upload != null) {
            try {
                Files.deleteIfExists(upload);
            } catch (IOException e) {
                log.warn("A temporary file remains: {}", e.toString());
            }
        }
    }

    private static Attachment attachment(ResultSet row) throws SQLException {
        return new Attachment(
                Sql.uuid(row, "id"),
                row.getString("file_name"),
                row.getString("media_type"),
                row.getLong("size_bytes"));
    }

    /** A file that can be read, as often as wanted. */
    public static final class StoredFile {

        private final Attachment attachment;
        private final String storageKey;
        private final FileStore store;

        private StoredFile(Attachment attachment, String storageKey, FileStore store) {
            this.attachment = attachment;
            this.storageKey = storageKey;
            this.store = store;
        }

        public Attachment attachment() {
            return attachment;
        }

        public InputStream content() throws IOException {
            return store.open(storageKey);
        }
    }
}
