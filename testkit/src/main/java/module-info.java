import org.jspecify.annotations.NullMarked;

/// Fixtures, fake clock, recording fakes and a contract test for each integration interface.
@NullMarked
module dev.jackstaff.testkit {
    requires static transitive org.jspecify;
    requires transitive dev.jackstaff.engine;
    requires transitive dev.jackstaff.spi;
    requires transitive org.junit.jupiter.api;
    requires org.assertj.core;

    exports dev.jackstaff.testkit;

    // JUnit finds the tests of a contract by reflection.
    opens dev.jackstaff.testkit;
}
