package io.tealdesk.rehearsal.world;

import io.tealdesk.rehearsal.plan.TaskPlan;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What AWS has around the desk's tasks. Ends with {@link #close} or with the program, however that ends short of being
 * killed, and takes the tasks with it.
 */
public final class World implements AutoCloseable {

    private static final Pattern PLACEHOLDER = Pattern.compile("<([A-Z][A-Z0-9_]*)>");
    private static final String CREDENTIAL = "rehearsal";

    private final WorldSettings settings;
    private final WorkDirectory directory;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Thread endsWithTheProgram = new Thread(this::closeAll, "end of the world");
    private final Login administrator = new Login("ada@tealdesk.test", Passwords.next());
    private final Login customer = new Login("release-check@tealdesk.invalid", Passwords.next());
    private final Map<String, String> placeholders = new HashMap<>();
    private final Map<String, String> commandSecrets = new LinkedHashMap<>();
    private final List<String> differences = new CopyOnWriteArrayList<>();
    private final Map<String, Object> application;
    private final Map<String, Object> owner;
    private final Database database;
    private final SecretsManager secrets;
    private final ObjectStore attachments;
    private final MailCatcher mail;

    private World(WorldSettings settings) throws IOException, SQLException {
        this.settings = settings;
        this.directory = with(new WorkDirectory(settings.directory()));
        // The JDK's server would else hold back the end of an answer until the client confirms its beginning.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        Runtime.getRuntime().addShutdownHook(endsWithTheProgram);
        try {
            database = with(new Database(directory, settings.address(), settings.source(), settings.database()));
            secrets = with(new SecretsManager(settings.address()));
            attachments = with(new ObjectStore(
                    settings.address(), settings.directory().resolve("attachments"), "tealdesk-attachments"));
            mail = with(new MailCatcher(settings.address()));
        } catch (IOException | SQLException | RuntimeException failure) {
            close();
            throw failure;
        }
        application = user("tealdesk_app");
        owner = user("tealdesk_owner");
        fillSecrets();
    }

    public static World start(WorldSettings settings) throws IOException, SQLException {
        return new World(settings);
    }

    /** From now on it ends with this world, before everything that is there already. */
    <T extends AutoCloseable> T with(T part) {
        synchronized (opened) {
            opened.push(part);
        }
        return part;
    }

    private void fillSecrets() {
        placeholders.put("AWS_REGION", SecretsManager.REGION);
        placeholders.put("TEALDESK_BASE_URL", settings.baseUrl().toString());
        placeholders.put("TEALDESK_MAIL_FROM", "Tealdesk <desk@tealdesk.example>");
        placeholders.put("SMTP_HOST", mail.host());
        placeholders.put("SMTP_PORT", Integer.toString(mail.port()));
        // With a sign-in the desk insists on TLS, which the catcher does not speak.
        placeholders.put("TEALDESK_SMTP_SECRET", "");
        placeholders.put("TEALDESK_FILES_BUCKET", attachments.bucket());
        placeholders.put("TEALDESK_DATABASE_SECRET", secrets.put("database-application", application));
        placeholders.put(
                "TEALDESK_SIGNING_KEYS_SECRET",
                secrets.put("signing-keys", Map.of("kid", "rehearsal", "secret", Passwords.key())));
        placeholders.put("TEALDESK_FIRST_ADMINISTRATOR_SECRET", secrets.put("administrator", account(administrator)));
        placeholders.put("TEALDESK_SYNTHETIC_CUSTOMER_SECRET", secrets.put("synthetic-customer", account(customer)));
        commandSecrets.put("TEALDESK_MIGRATION_SECRET", secrets.put("database-migration", owner));
        Login master = database.master();
        commandSecrets.put(
                "TEALDESK_MASTER_SECRET",
                secrets.put("database-master", Map.of("username", master.name(), "password", master.password())));
    }

    private Map<String, Object> user(String name) {
        return user(name, Passwords.next());
    }

    private Map<String, Object> user(String name, String password) {
        return Map.of(
                "username",
                name,
                "password",
                password,
                "engine",
                "postgres",
                "host",
                settings.address().getHostAddress(),
                "port",
                database.port(),
                "dbname",
                Database.NAME);
    }

    /**
     * Makes a secret with the sign-in to this world's database of one user, for drills.
     *
     * @return its ARN
     */
    public String databaseSecret(String secret, String user, String password) {
        return secrets.put(secret, user(user, password));
    }

    /** The environment variables that lead a task or a command to another database of the same server. */
    public Map<String, String> leadingTo(String database) {
        return Map.of(
                "TEALDESK_DATABASE_SECRET", secrets.put("application-of-" + database, in(database, application)),
                "TEALDESK_MIGRATION_SECRET", secrets.put("migration-of-" + database, in(database, owner)));
    }

    private static Map<String, Object> in(String database, Map<String, Object> user) {
        Map<String, Object> changed = new HashMap<>(user);
        changed.put("dbname", database);
        return changed;
    }

    private static Map<String, String> account(Login login) {
        return Map.of("email", login.name(), "password", login.password());
    }

    /**
     * A task's environment variables: the task definition's with its placeholders filled, and what leads the task to
     * this world instead of AWS.
     *
     * @throws IllegalArgumentException for a placeholder that this world does not know, by its name
     */
    public Map<String, String> environment(TaskPlan task) {
        Map<String, String> all = new LinkedHashMap<>();
        task.environment().forEach((name, value) -> all.put(name, filled(name, value)));
        if (!task.environment().isEmpty()) {
            all.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", secrets.endpoint().toString());
            // On AWS the task's role has them.
            all.put("AWS_ACCESS_KEY_ID", CREDENTIAL);
            all.put("AWS_SECRET_ACCESS_KEY", CREDENTIAL);
            all.put("TEALDESK_FILES_ENDPOINT", attachments.endpoint().toString());
            all.put("TEALDESK_DATABASE_SSL_MODE", "disable");
        }
        return all;
    }

    /** Also has the secrets that only {@code migrate} and {@code prepare-database} may read. */
    public Map<String, String> commandEnvironment(TaskPlan task) {
        Map<String, String> all = environment(task);
        all.putAll(commandSecrets);
        return all;
    }

    private String filled(String variable, String value) {
        return PLACEHOLDER.matcher(value).replaceAll(match -> {
            String known = placeholders.get(match.group(1));
            if (known == null) {
                throw new IllegalArgumentException(
                        "The environment variable %s has the placeholder <%s>, which the rehearsal cannot fill"
                                .formatted(variable, match.group(1)));
            }
            return Matcher.quoteReplacement(known);
        });
    }

    public Database database() {
        return database;
    }

    public SecretsManager secrets() {
        return secrets;
    }

    public ObjectStore attachments() {
        return attachments;
    }

    public MailCatcher mail() {
        return mail;
    }

    /** The desk's first, who may do everything. */
    public Login administrator() {
        return administrator;
    }

    /** As whom the hook signs in. */
    public Login syntheticCustomer() {
        return customer;
    }

    /** The name of the secret that has that sign-in. */
    public String syntheticCustomerSecret() {
        return Objects.requireNonNull(placeholders.get("TEALDESK_SYNTHETIC_CUSTOMER_SECRET"));
    }

    WorkDirectory directory() {
        return directory;
    }

    /** Should this program be killed, then the next world in the same directory ends the process. */
    public void note(ProcessHandle process) throws IOException {
        directory.note(process);
    }

    /** One file for each task and service; they outlive the world. */
    public Path logs() {
        return directory.logs();
    }

    void differs(List<String> more) {
        differences.addAll(more);
    }

    /** Where its services listen, and where tasks find them. */
    public InetAddress address() {
        return settings.address();
    }

    WorldSettings settings() {
        return settings;
    }

    /** In what this world is not AWS, a sentence each, for the report. */
    public List<String> differences() {
        return Stream.concat(Differences.OF_EVERY_WORLD.stream(), differences.stream())
                .toList();
    }

    @Override
    public void close() {
        closeAll();
        try {
            Runtime.getRuntime().removeShutdownHook(endsWithTheProgram);
        } catch (IllegalStateException endingAlready) {
            // Then the hook has done it, or does nothing more.
        }
    }

    private void closeAll() {
        synchronized (opened) {
            while (!opened.isEmpty()) {
                try {
                    opened.pop().close();
                } catch (Exception failure) {
                    System.err.println("Could not end a part of the rehearsal's world: " + failure);
                }
            }
        }
    }
}
