package io.tealdesk.shared;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.method.HandlerMethod;

/**
 * The API's document, from which the browser's client is generated. It says what the code already says elsewhere: what
 * is nullable (JSpecify), who may call (the authorization), and that every failure is a problem.
 */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    private static final String BEARER = "accessToken";
    private static final String PROBLEM = "Problem";

    @Bean
    OpenAPI apiDescription() {
        return new OpenAPI()
                .info(new Info().title("Tealdesk").version("v1"))
                .components(new Components()
                        .addSecuritySchemes(
                                BEARER,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .bearerFormat("JWT")));
    }

    @Bean
    GlobalOperationCustomizer whoMayCallAndWhatTheyGet() {
        return (operation, method) -> {
            operation.setTags(List.of(moduleOf(method)));
            if (!isPublic(method)) {
                operation.addSecurityItem(new SecurityRequirement().addList(BEARER));
                requireConditionsAndKeys(operation);
            }
            withoutCookies(operation);
            operation
                    .getResponses()
                    .addApiResponse(
                            "default",
                            new ApiResponse()
                                    .description("A problem")
                                    .content(new Content()
                                            .addMediaType(
                                                    "application/problem+json",
                                                    new MediaType()
                                                            .schema(new Schema<>()
                                                                    .$ref("#/components/schemas/" + PROBLEM)))));
            return operation;
        };
    }

    @Bean
    OpenApiCustomizer problemSchema() {
        return api -> ModelConverters.getInstance(true)
                .readAll(ProblemDocument.class)
                .forEach(api.getComponents()::addSchemas);
    }

    /** Enums by name, so that a client has one type for each. */
    @Bean
    ModelResolver namedTypes() {
        var resolver = new ModelResolver(Json31.mapper());
        ModelResolver.enumsAsRef = true;
        return resolver.openapi31(true);
    }

    @Bean
    ModelConverter nonNullIsRequired() {
        return new NonNullIsRequired();
    }

    private static boolean isPublic(HandlerMethod method) {
        var rule = AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), PreAuthorize.class);
        if (rule == null) {
            rule = AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), PreAuthorize.class);
        }
        return rule != null && rule.value().equals("permitAll()");
    }

    private static String moduleOf(HandlerMethod method) {
        var name = method.getBeanType().getPackageName();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** Optional to Spring only, so that their absence gets its own problem. */
    private static void requireConditionsAndKeys(Operation operation) {
        if (operation.getParameters() != null) {
            operation.getParameters().stream()
                    .filter(parameter ->
                            Set.of(HttpHeaders.IF_MATCH, "Idempotency-Key").contains(parameter.getName()))
                    .forEach(parameter -> parameter.setRequired(true));
        }
    }

    /** The browser sends them by itself; a script cannot. */
    private static void withoutCookies(Operation operation) {
        if (operation.getParameters() != null) {
            operation.getParameters().removeIf(parameter -> "cookie".equals(parameter.getIn()));
        }
    }

    /** A record's component is always there unless it is {@code @Nullable}. */
    private static class NonNullIsRequired implements ModelConverter {

        @Override
        public @Nullable Schema<?> resolve(
                AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
            if (!chain.hasNext()) {
                return null;
            }
            var resolved = chain.next().resolve(type, context, chain);
            var javaType = type.getType() == null ? null : Json31.mapper().constructType(type.getType());
            if (resolved != null && javaType != null && javaType.getRawClass().isRecord()) {
                var schema = resolved.get$ref() == null
                        ? resolved
                        : context.getDefinedModels().get(resolved.get$ref().replaceFirst(".*/", ""));
                if (schema != null && schema.getProperties() != null) {
                    Arrays.stream(javaType.getRawClass().getRecordComponents())
                            .filter(component -> !component.getAnnotatedType().isAnnotationPresent(Nullable.class))
                            .filter(component -> schema.getProperties().containsKey(component.getName()))
                            .filter(component -> schema.getRequired() == null
                                    || !schema.getRequired().contains(component.getName()))
                            .forEach(component -> schema.addRequiredItem(component.getName()));
                }
            }
            return resolved;
        }
    }

    /** RFC 9457, with our extensions. Some problems carry more; their documentation says what. */
    @io.swagger.v3.oas.annotations.media.Schema(name = PROBLEM)
    private record ProblemDocument(
            String type,
            String title,
            int status,
            String detail,
            @Nullable String instance,
            @Nullable String requestId,
            @Nullable List<FieldProblem> errors) {}
}
