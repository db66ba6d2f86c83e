package dev.jackstaff.verify.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The rules of ARCHITECTURE.md for the packages below `root`. The planted violations live below a root of their own,
/// so the rules that guard the product are the very ones that are shown to fail.
record Layout(String root) {
    /// A part of the product, and the other parts it may know.
    record Part(String name, Set<String> mayKnow) {}

    static final List<Part> PARTS = List.of(
            new Part("engine", Set.of()),
            new Part("formats", Set.of("engine")),
            new Part("spi", Set.of("engine")),
            new Part("outgoing", Set.of()),
            new Part("runtime", Set.of("engine", "formats", "spi")),
            new Part("retrievers", Set.of("engine", "spi", "outgoing")),
            new Part("exporters", Set.of("engine", "formats", "spi", "outgoing")),
            new Part("testkit", Set.of("engine", "spi")),
            new Part("relay", Set.of("engine", "formats", "spi", "runtime")),
            new Part("cli", Set.of("engine", "formats", "spi", "runtime", "relay")));

    /// Where the current time, chance or the environment come in by the back door. What depends on them is a parameter.
    private static final Set<String> AMBIENT = Set.of("now", "currentTimeMillis", "nanoTime", "random", "randomUUID",
            "getenv", "getProperty", "systemDefault", "parallelStream", "parallel");

    static Stream<Part> parts() {
        return PARTS.stream();
    }

    ArchRule partKnowsOnly(Part part) {
        String[] others = parts().map(Part::name)
                .filter(name -> !name.equals(part.name()) && !part.mayKnow().contains(name))
                .map(this::packagesOf)
                .toArray(String[]::new);
        return noClasses().that()
                .resideInAPackage(packagesOf(part.name()))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .as(part.name() + " may know " + part.mayKnow() + " and no other part")
                .allowEmptyShould(true);
    }

    /// A library for others to embed brings nothing but the JDK where it can: the engine always.
    ArchRule engineNeedsOnlyTheJdk() {
        return classes().that()
                .resideInAPackage(packagesOf("engine"))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(packagesOf("engine"), "java..", "org.jspecify..")
                .as("engine has no dependency");
    }

    ArchRule engineDoesNoInputOrOutput() {
        return noClasses().that()
                .resideInAPackage(packagesOf("engine"))
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.io..", "java.nio..", "java.net..", "java.sql..")
                        .and(resideOutsideOfPackages("java.nio.charset..")))
                .as("engine does no IO");
    }

    ArchRule engineStartsNoThread() {
        return noClasses().that()
                .resideInAPackage(packagesOf("engine"))
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.util.concurrent..")
                        .or(DescribedPredicate.describe("are threads", c -> c.isAssignableTo(Thread.class)
                                || c.isAssignableTo(ThreadLocal.class))))
                .as("engine has no thread and shares nothing that changes");
    }

    ArchRule engineReadsNoClock() {
        return noClasses().that()
                .resideInAPackage(packagesOf("engine"))
                .should()
                .accessTargetWhere(DescribedPredicate.describe("time, chance or environment is ambient",
                        access -> isAmbient(access.getTarget())))
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.time.Clock")
                .as("engine has no clock, no chance and no environment: they are parameters");
    }

    /// What exporters write as text is told in one place for all of them.
    ArchRule integrationsDoNotKnowEachOther() {
        return CompositeArchRule.of(integrationsDoNotKnowEachOther("retrievers"))
                .and(integrationsDoNotKnowEachOther("exporters"));
    }

    private ArchRule integrationsDoNotKnowEachOther(String part) {
        return slices().matching(root + ".(" + part + ").(**)")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(alwaysTrue(), resideInAPackage(root + ".exporters.text"))
                .as("no integration knows another")
                .allowEmptyShould(true);
    }

    ArchRule packagesFormNoCycle() {
        return slices().matching(root + ".(**)").should().beFreeOfCycles().as("packages form no cycle");
    }

    /// A name says what the thing is. These say that nobody knew.
    ArchRule namesSaySomething() {
        return noClasses().should()
                .haveSimpleName("Common")
                .orShould()
                .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl)(\\$.*)?")
                .orShould()
                .resideInAnyPackage("..util..", "..utils..", "..helper..", "..helpers..", "..manager..",
                        "..common..", "..impl..")
                .as("nothing is called util, helper, manager, common or impl");
    }

    List<ArchRule> engineRules() {
        return List.of(engineNeedsOnlyTheJdk(), engineDoesNoInputOrOutput(), engineStartsNoThread(),
                engineReadsNoClock());
    }

    private String packagesOf(String part) {
        return root + "." + part + "..";
    }

    private static boolean isAmbient(AccessTarget target) {
        return AMBIENT.contains(target.getName()) && target.getOwner().getPackageName().startsWith("java.");
    }
}
