package io.tealdesk.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;
import org.postgresql.Driver;
import org.springframework.stereotype.Component;

/**
 * Connections for what holds one as long as the application runs, such as {@code listen}: the pool would have one less
 * for requests. Their login is that of the moment, as the pool's.
 */
@Component
public class DedicatedConnections {

    private final DataSource dataSource;

    DedicatedConnections(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** After this time whoever holds a connection opens another: its login may be of yesterday. */
    public Duration lifetime() throws SQLException {
        return Duration.ofMillis(pool().getMaxLifetime());
    }

    /** Opens one more; whoever asks for it closes it. */
    public Connection open() throws SQLException {
        var pool = pool();
        var belowThePool = pool.getDataSource();
        if (belowThePool != null) {
            return belowThePool.getConnection();
        }
        var settings = new Properties();
        settings.putAll(pool.getDataSourceProperties());
        settings.setProperty("user", pool.getUsername());
        settings.setProperty("password", pool.getPassword());
        var connection = new Driver().connect(pool.getJdbcUrl(), settings);
        if (connection == null) {
            throw new SQLException("Not an address of PostgreSQL: " + pool.getJdbcUrl());
        }
        return connection;
    }

    private HikariDataSource pool() throws SQLException {
        return dataSource.unwrap(HikariDataSource.class);
    }
}
