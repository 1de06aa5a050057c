package io.tealdesk.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;
import org.postgresql.Driver;
import org.springframework.stereotype.Component;

/**
 * Connections for what waits on one for as long as the application runs, such as {@code listen}: a pool would hand them
 * out for short, replace them by age, and have one less for requests. Their login is that of the moment, as the pool's.
 */
@Component
public class DedicatedConnections {

    private final DataSource dataSource;

    DedicatedConnections(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Opens one more; who asks for it closes it. */
    public Connection open() throws SQLException {
        var pool = dataSource.unwrap(HikariDataSource.class);
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
}
