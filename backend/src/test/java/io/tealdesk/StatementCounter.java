package io.tealdesk;

import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;

/** Sees each statement that the calling thread sends to the database, so that a test can bound their number. */
public class StatementCounter {

    private static final ScopedValue<List<String>> RECORDED = ScopedValue.newInstance();

    /** Runs the action and returns the text of the statements it sent, in order. */
    public List<String> statementsOf(Runnable action) {
        var statements = new ArrayList<String>();
        ScopedValue.where(RECORDED, statements).run(action);
        return statements;
    }

    DataSource counting(DataSource dataSource) {
        return ProxyDataSourceBuilder.create(dataSource)
                .afterQuery((execution, queries) -> {
                    if (RECORDED.isBound()) {
                        queries.forEach(query -> RECORDED.get().add(query.getQuery()));
                    }
                })
                .build();
    }
}
