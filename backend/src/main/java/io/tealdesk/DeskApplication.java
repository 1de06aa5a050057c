package io.tealdesk;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

@SpringBootApplication
@ConfigurationPropertiesScan
public class DeskApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(DeskApplication.class, arguments);
    }
}
