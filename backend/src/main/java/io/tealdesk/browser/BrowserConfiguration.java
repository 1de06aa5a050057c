package io.tealdesk.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnResource;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.util.DigestUtils;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.PathResourceResolver;

/**
 * Hashed assets are immutable; everything else is asked for again each time, by the hash of its content: files in a
 * reproducible build all bear the same date. A missing asset is a 404 and never the page.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnResource(resources = "classpath:/static/index.html")
class BrowserConfiguration implements WebMvcConfigurer {

    private static final String FILES = "classpath:/static/";
    private static final Duration ONE_YEAR = Duration.ofDays(365);

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addViewController("/").setViewName("forward:/index.html");
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/assets/**")
                .addResourceLocations(FILES + "assets/")
                .setUseLastModified(false)
                .setCacheControl(CacheControl.maxAge(ONE_YEAR).cachePublic().immutable());
        registry.addResourceHandler("/**")
                .addResourceLocations(FILES)
                .setUseLastModified(false)
                .setEtagGenerator(BrowserConfiguration::contentHash)
                .setCacheControl(CacheControl.noCache())
                .resourceChain(false)
                .addResolver(new PageResolver());
    }

    private static @Nullable String contentHash(Resource file) {
        try (var content = file.getInputStream()) {
            return '"' + DigestUtils.md5DigestAsHex(content) + '"';
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers the browser application's own addresses, such as /tickets/10001, with its one page. */
    private static class PageResolver extends PathResourceResolver {

        private static final Set<String> NEVER_PAGES =
                Set.of("api", "actuator", "assets", "dev", "error", "problems", "swagger-ui", "v3");

        @Override
        protected @Nullable Resource getResource(String path, Resource location) throws IOException {
            if (isPage(path)) {
                return location.createRelative("index.html");
            }
            return super.getResource(path, location);
        }

        private static boolean isPage(String path) {
            return path.indexOf('.') < 0 && !NEVER_PAGES.contains(path.split("/", 2)[0]);
        }
    }
}
