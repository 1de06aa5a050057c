package io.tealdesk;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.persistence.Entity;
import java.time.Clock;
import java.time.temporal.Temporal;
import java.util.Date;
import java.util.Set;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.data.repository.Repository;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

@AnalyzeClasses(packages = "io.tealdesk", importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

    /** Controllers that answer everybody and say nothing of anybody; each with what makes it so. */
    private static final Set<String> OPEN_TO_ALL = Set.of(
            // Renders failures of requests that were already judged.
            "io.tealdesk.shared.ProblemErrorController");

    @ArchTest
    static final ArchRule controllersEntitiesAndRepositoriesStayInTheirModule = classes()
            .that()
            .areMetaAnnotatedWith(Controller.class)
            .or()
            .areAnnotatedWith(Entity.class)
            .or()
            .areAssignableTo(Repository.class)
            .should()
            .notBePublic();

    @ArchTest
    static final ArchRule nothingIsInjectedIntoFields =
            fields().should().notBeAnnotatedWith(Autowired.class).andShould().notBeAnnotatedWith(Value.class);

    @ArchTest
    static final ArchRule onlySharedReadsTheSystemClock = noClasses()
            .that()
            .resideOutsideOfPackage("io.tealdesk.shared")
            .should()
            .callCodeUnitWhere(readsTheSystemClock());

    @ArchTest
    static final ArchRule everyEndpointSaysWhoMayCallIt = methods()
            .that()
            .areMetaAnnotatedWith(RequestMapping.class)
            .and()
            .areDeclaredInClassesThat(areNotOpenToAll())
            .should(sayWhoMayCallThem());

    private static DescribedPredicate<JavaCall<?>> readsTheSystemClock() {
        return DescribedPredicate.describe("the system clock is read", call -> {
            var owner = call.getTargetOwner();
            return switch (call.getName()) {
                case "now" -> owner.isAssignableTo(Temporal.class);
                case "currentTimeMillis" -> owner.isEquivalentTo(System.class);
                case "<init>" ->
                    owner.isEquivalentTo(Date.class)
                            && call.getTarget().getParameterTypes().isEmpty();
                default -> owner.isEquivalentTo(Clock.class) && call.getName().startsWith("system");
            };
        });
    }

    private static DescribedPredicate<JavaClass> areNotOpenToAll() {
        return DescribedPredicate.describe(
                "are not open to all", controller -> !OPEN_TO_ALL.contains(controller.getName()));
    }

    private static ArchCondition<JavaMethod> sayWhoMayCallThem() {
        return new ArchCondition<>("carry @PreAuthorize, or their class does") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                var isSaid = method.isAnnotatedWith(PreAuthorize.class)
                        || method.getOwner().isAnnotatedWith(PreAuthorize.class);
                events.add(new SimpleConditionEvent(
                        method,
                        isSaid,
                        method.getFullName() + (isSaid ? " says" : " does not say") + " who may call it"));
            }
        };
    }
}
