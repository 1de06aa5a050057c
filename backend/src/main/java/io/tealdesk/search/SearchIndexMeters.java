package io.tealdesk.search;

import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class SearchIndexMeters {

    /** By the database's clock on both sides. */
    @Bean
    MeterBinder oldestWaitingDocument(JdbcClient jdbc) {
        return meters -> TimeGauge.builder(
                        "tealdesk.search.oldest.waiting",
                        () -> jdbc.sql("""
                                        select coalesce(extract(epoch from clock_timestamp() - min(queued_at)), 0)
                                        from search_queue""").query(Double.class).single(),
                        TimeUnit.SECONDS)
                .description("How long the oldest change has been waiting to be found")
                .register(meters);
    }
}
