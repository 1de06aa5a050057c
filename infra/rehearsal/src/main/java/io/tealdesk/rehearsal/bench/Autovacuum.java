package io.tealdesk.rehearsal.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Autovacuums that hardly get on, on all tables that somebody writes to: a full desk may be at one whenever a migration
 * comes. PostgreSQL ends it for whoever waits for its table, though not before he has waited for a second.
 */
final class Autovacuum {

    private static final String ALWAYS = """
            do $$
            declare
                name text;
            begin
                for name in select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
                loop
                    execute format('alter table %I set (
                        autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0,
                        autovacuum_vacuum_insert_threshold = 0, autovacuum_vacuum_insert_scale_factor = 0,
                        autovacuum_vacuum_cost_limit = 1, autovacuum_vacuum_cost_delay = 100)', name);
                end loop;
            end $$""";

    private Autovacuum() {}

    /** From now on, for the tables that are there. */
    static void begin(Connection superuser) throws SQLException {
        try (Statement statement = superuser.createStatement()) {
            statement.execute(ALWAYS);
            statement.execute("alter system set autovacuum_max_workers = 16");
            statement.execute("alter system set autovacuum_naptime = '1s'");
            statement.execute("select pg_reload_conf()");
        }
    }

    /** The tables that one is at. */
    static List<String> tables(Connection superuser) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Statement statement = superuser.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select c.relname from pg_stat_progress_vacuum v join pg_class c on c.oid = v.relid
                        where v.datname = current_database() and c.relnamespace = 'public'::regnamespace
                        order by 1""")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }
}
