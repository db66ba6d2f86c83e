package dev.jackstaff.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/// The version of the jar.
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Jackstaff.class.getPackage().getImplementationVersion();
        return new String[]{"jackstaff " + Objects.requireNonNullElse(version, "localdev"),
            "answers like GO Feature Flag 1.55.2; Java " + Runtime.version()};
    }
}
