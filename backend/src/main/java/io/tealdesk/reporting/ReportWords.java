package io.tealdesk.reporting;

import java.util.Locale;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;

/** In addresses names are written small, as in {@code first-reply} and {@code by=day}. */
@Configuration(proxyBeanMethods = false)
class ReportWords {

    @Bean
    Converter<String, ReportName> reportNames() {
        return new Converter<>() {
            @Override
            public ReportName convert(String word) {
                return ReportName.valueOf(constant(word));
            }
        };
    }

    @Bean
    Converter<String, ReportStep> reportSteps() {
        return new Converter<>() {
            @Override
            public ReportStep convert(String word) {
                return ReportStep.valueOf(constant(word));
            }
        };
    }

    private static String constant(String word) {
        return word.strip().toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
