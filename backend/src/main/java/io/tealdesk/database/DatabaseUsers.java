package io.tealdesk.database;

import io.tealdesk.secrets.Secret;
import io.tealdesk.shared.StartProblem;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the two users of the database, or brings them up to date: one owns the schema and migrates, the other reads and
 * writes rows and can change no table. Any number of times, with a master user who need not be a superuser (on RDS it
 * is none).
 */
class DatabaseUsers {

    /** What Secrets Manager's rotation with alternating users appends to the other one's name. */
    private static final String CLONE_SUFFIX = "_clone";

    private static final String SCRAM = "scram-sha-256";
    /** Any number that nothing else locks: two tasks may prepare at once. */
    private static final long ADVISORY_LOCK = 0x7EA1_0003L;

    private static final Logger log = LoggerFactory.getLogger(DatabaseUsers.class);

    private final DatabaseLogin master;
    private final DatabaseLogin owner;
    private final DatabaseLogin application;
    private final Properties settings;

    DatabaseUsers(DatabaseLogin master, DatabaseLogin owner, DatabaseLogin application, Properties settings) {
        this.master = master;
        this.owner = owner;
        this.application = application;
        this.settings = settings;
    }

    void prepare() {
        if (owner.username().equals(application.username())) {
            throw new StartProblem(
                    "The application and the migrations have the same database user, " + owner.username() + ".",
                    "Give them different ones: only the owner of the schema may change it.");
        }
        var url = owner.url().or(application::url).or(master::url);
        if (url.isEmpty()) {
            throw new StartProblem(
                    "Nothing says where the database is.",
                    "Put \"host\", \"port\" and \"dbname\" into the secrets of the database's users, or set"
                            + " SPRING_DATASOURCE_URL.");
        }
        try {
            try (var connection = connected(master.at(url.get()))) {
                connection.setAutoCommit(false);
                new Work(connection).run();
                connection.commit();
            }
            for (var user : List.of(owner, application)) {
                connected(user.at(url.get())).close();
            }
            log.info(
                    "The database is prepared: {} owns it, {} reads and writes it; both can sign in",
                    owner.username(),
                    application.username());
        } catch (SQLException failure) {
            throw new StartProblem(
                    "The database's users cannot be made: " + failure.getMessage(),
                    "The master user needs CREATEROLE and CREATEDB and has to own the database, as on RDS, or be a"
                            + " superuser. Nothing was changed by halves.",
                    failure);
        }
    }

    private Connection connected(DatabaseLogin login) throws SQLException {
        return new LoginDataSource(Secret.fixed(login), () -> settings).getConnection();
    }

    /** One transaction. */
    private class Work {

        private final Connection connection;
        private final PGConnection postgres;

        Work(Connection connection) throws SQLException {
            this.connection = connection;
            this.postgres = connection.unwrap(PGConnection.class);
        }

        void run() throws SQLException {
            execute("select pg_advisory_xact_lock(" + ADVISORY_LOCK + ")");
            execute("set local lock_timeout = '10s'");
            var mainUser = mainUser(application.username());
            makeUser(owner.username());
            makeUser(mainUser);
            if (!mainUser.equals(application.username())) {
                makeUser(application.username());
                execute("grant %s to %s".formatted(quoted(mainUser), quoted(application.username())));
            }
            // Hashed here, so that no statement log on the server ever holds it.
            for (var user : List.of(owner, application)) {
                postgres.alterUserPassword(user.username(), user.password().toCharArray(), SCRAM);
            }
            takeOwnership();
            execute("set local role " + quoted(owner.username()));
            grant(quoted(mainUser));
            HistoryTable.protect(connection);
            execute("reset role");
        }

        private static String mainUser(String username) {
            return username.endsWith(CLONE_SUFFIX)
                    ? username.substring(0, username.length() - CLONE_SUFFIX.length())
                    : username;
        }

        private void makeUser(String name) throws SQLException {
            if (texts("select 'found' from pg_roles where rolname = ?", name).isEmpty()) {
                execute("create role %s login".formatted(quoted(name)));
                log.info("Made the database user {}", name);
            } else if (!texts("select 'no login' from pg_roles where rolname = ? and not rolcanlogin", name)
                    .isEmpty()) {
                execute("alter role %s login".formatted(quoted(name)));
            }
        }

        private void takeOwnership() throws SQLException {
            var user = quoted(owner.username());
            if (texts("select 'yes' from pg_roles where rolname = current_user and rolsuper")
                    .isEmpty()) {
                // Since PostgreSQL 16 whoever makes a role may give it away but is not a member of it.
                execute("grant %s to current_user".formatted(user));
            }
            for (var database : texts("""
                    select quote_ident(datname) from pg_database
                    where datname = current_database() and datdba <> (select oid from pg_roles where rolname = ?)""", owner.username())) {
                execute("alter database %s owner to %s".formatted(database, user));
            }
            // What somebody else has migrated before. Sequences of columns follow their table; extensions keep theirs.
            for (var table : texts("""
                    select format('alter %s %s owner to ', case c.relkind when 'v' then 'view' when 'm' then
                                  'materialized view' when 'S' then 'sequence' else 'table' end, c.oid::regclass)
                    from pg_class c
                    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'S')
                      and c.relowner <> (select oid from pg_roles where rolname = ?)
                      and not exists (select from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass
                                                                and d.deptype in ('e', 'a', 'i'))""", owner.username())) {
                execute(table + user);
            }
            for (var function : texts("""
                    select format('alter routine %s owner to ', p.oid::regprocedure)
                    from pg_proc p
                    where p.pronamespace = 'public'::regnamespace
                      and p.proowner <> (select oid from pg_roles where rolname = ?)
                      and not exists (select from pg_depend d where d.objid = p.oid and d.classid = 'pg_proc'::regclass
                                                                and d.deptype = 'e')""", owner.username())) {
                execute(function + user);
            }
        }

        /** Rows, and nothing but rows; also of tables that a later migration makes. */
        private void grant(String user) throws SQLException {
            var database = texts("select quote_ident(current_database())").getFirst();
            execute("revoke all on database %s from public".formatted(database));
            execute("revoke all on database %s from %s".formatted(database, user));
            execute("grant connect on database %s to %s".formatted(database, user));
            execute("revoke all on schema public from public");
            execute("revoke all on schema public from " + user);
            execute("grant usage on schema public to " + user);
            for (var grant : texts("""
                    select format(case relkind when 'S' then 'grant usage, select on sequence %s to '
                                  else 'grant select, insert, update, delete on %s to ' end, oid::regclass)
                    from pg_class
                    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'S')
                      and relowner = current_user::regrole""")) {
                execute(grant + user);
            }
            execute("alter default privileges in schema public grant select, insert, update, delete on tables to "
                    + user);
            execute("alter default privileges in schema public grant usage, select on sequences to " + user);
        }

        private String quoted(String identifier) throws SQLException {
            return postgres.escapeIdentifier(identifier);
        }

        private void execute(String sql) throws SQLException {
            try (var statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        private List<String> texts(String sql, String... parameters) throws SQLException {
            try (var statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < parameters.length; i++) {
                    statement.setString(i + 1, parameters[i]);
                }
                try (var rows = statement.executeQuery()) {
                    var texts = new ArrayList<String>();
                    while (rows.next()) {
                        texts.add(rows.getString(1));
                    }
                    return texts;
                }
            }
        }
    }
}
