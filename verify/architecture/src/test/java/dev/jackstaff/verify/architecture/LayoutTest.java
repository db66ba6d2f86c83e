package dev.jackstaff.verify.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LayoutTest {
    private static final Layout LAYOUT = new Layout(Product.ROOT);
    private static final Layout PLANTED = new Layout(LayoutTest.class.getPackageName() + ".planted");

    private static final JavaClasses CLASSES = Product.classes();
    private static final JavaClasses PLANTED_CLASSES = new ClassFileImporter().importPackages(PLANTED.root());

    @Test
    void every_part_of_the_product_is_looked_at() {
        assertThat(Product.modules()).map(Product.Module::name)
                .map(name -> name.substring(Product.ROOT.length() + 1).replaceFirst("\\..*", ""))
                .containsExactlyInAnyOrderElementsOf(Layout.parts().map(Layout.Part::name).toList());
        assertThat(CLASSES).isNotEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.jackstaff.verify.architecture.Layout#parts")
    void a_part_knows_only_what_the_layout_says(Layout.Part part) {
        LAYOUT.partKnowsOnly(part).check(CLASSES);
    }

    @Test
    void the_engine_is_a_function_of_its_arguments() {
        LAYOUT.engineRules().forEach(rule -> rule.check(CLASSES));
    }

    @Test
    void no_integration_knows_another() {
        LAYOUT.integrationsDoNotKnowEachOther().check(CLASSES);
    }

    @Test
    void packages_form_no_cycle() {
        LAYOUT.packagesFormNoCycle().check(CLASSES);
    }

    @Test
    void names_say_something() {
        LAYOUT.namesSaySomething().check(CLASSES);
    }

    static List<Arguments> rulesAndTheClassPlantedAgainstThem() {
        return List.of(
                planted("EngineThatKnowsTheRelay", layout -> layout.partKnowsOnly(Layout.PARTS.getFirst())),
                planted("EngineWithALibrary", Layout::engineNeedsOnlyTheJdk),
                planted("EngineThatReadsAFile", Layout::engineDoesNoInputOrOutput),
                planted("EngineWithAThread", Layout::engineStartsNoThread),
                planted("EngineWithAClock", Layout::engineReadsNoClock),
                planted("FileThatKnowsHttp", Layout::integrationsDoNotKnowEachOther),
                planted("PlantedRelay", Layout::packagesFormNoCycle),
                planted("FlagManager", Layout::namesSaySomething));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rulesAndTheClassPlantedAgainstThem")
    void each_rule_finds_the_violation_planted_for_it(String violator, Function<Layout, ArchRule> rule) {
        assertThatThrownBy(() -> rule.apply(PLANTED).check(PLANTED_CLASSES))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(violator);
    }

    private static Arguments planted(String violator, Function<Layout, ArchRule> rule) {
        return Arguments.of(violator, rule);
    }
}
