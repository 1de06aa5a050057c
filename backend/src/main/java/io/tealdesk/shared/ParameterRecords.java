package io.tealdesk.shared;

import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Makes records of query parameters, as Spring's own binding does, with its conversions. That one reads the annotations
 * of every component anew for each request, which was three tenths of what a page of a list costs; here it is done once.
 */
@Configuration(proxyBeanMethods = false)
class ParameterRecords implements WebMvcConfigurer, HandlerMethodArgumentResolver {

    private final ObjectProvider<ConversionService> conversions;
    private final Validator validator;
    private final Map<Class<?>, Shape> shapes = new ConcurrentHashMap<>();

    ParameterRecords(
            @Qualifier("mvcConversionService") ObjectProvider<ConversionService> conversions, Validator validator) {
        this.conversions = conversions;
        this.validator = validator;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(this);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.hasParameterAnnotation(ParameterObject.class)
                && parameter.getParameterType().isRecord();
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        var shape = shapes.computeIfAbsent(parameter.getParameterType(), ParameterRecords::shape);
        var values = new @Nullable Object[shape.components.size()];
        var problems = new ArrayList<FieldProblem>();
        for (int i = 0; i < values.length; i++) {
            var component = shape.components.get(i);
            try {
                values[i] = converted(request.getParameterValues(component.name), component.type);
            } catch (ConversionException e) {
                problems.add(new FieldProblem(component.name, "typeMismatch", "is not of the documented type"));
            }
        }
        if (!problems.isEmpty()) {
            throw Problem.invalidFields(problems);
        }
        var filled = shape.make(values);
        var violations = validator.validate(filled);
        if (!violations.isEmpty()) {
            throw new ConstraintViolationException(violations);
        }
        return filled;
    }

    /** A single value may hold several, with commas between them. */
    private @Nullable Object converted(String @Nullable [] given, TypeDescriptor type) {
        if (given == null) {
            return null;
        }
        var source = given.length == 1 ? given[0] : given;
        return conversions.getObject().convert(source, TypeDescriptor.forObject(source), type);
    }

    private static Shape shape(Class<?> type) {
        var constructor = BeanUtils.getResolvableConstructor(type);
        constructor.setAccessible(true);
        var components = type.getRecordComponents();
        var discoverer = new DefaultParameterNameDiscoverer();
        return new Shape(
                constructor,
                IntStream.range(0, components.length)
                        .mapToObj(i -> {
                            var parameter = new MethodParameter(constructor, i);
                            parameter.initParameterNameDiscovery(discoverer);
                            return new Component(components[i].getName(), new TypeDescriptor(parameter));
                        })
                        .toList());
    }

    private record Component(String name, TypeDescriptor type) {}

    private record Shape(Constructor<?> constructor, List<Component> components) {

        Object make(@Nullable Object[] values) {
            try {
                return constructor.newInstance(values);
            } catch (InvocationTargetException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
