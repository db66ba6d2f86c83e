package dev.jackstaff.relay.config;

import dev.jackstaff.engine.document.Document;
import dev.jackstaff.engine.document.Location;
import dev.jackstaff.engine.document.MalformedDocumentException;
import dev.jackstaff.engine.document.Node;
import dev.jackstaff.engine.document.Problem;
import dev.jackstaff.engine.document.Problem.Severity;
import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.formats.Formats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The configuration file that was named or found, as a tree. Without one the tree is empty.
///
/// @param path        the file; null for none
/// @param whereLooked for a person who wonders why nothing was found; null when a file was
record ConfigFile(
        @Nullable Path path, Node.Mapping content, List<Problem> problems, @Nullable String whereLooked) {
    private static final List<String> FOLDERS = List.of("", "/goff", "/etc/opt/goff");
    private static final List<String> NAMES = List.of("goff-proxy.yaml", "goff-proxy.toml", "goff-proxy.json",
            "goff-proxy.yml");

    /// @param named            null to look for one
    /// @param workingDirectory where the search begins
    static ConfigFile read(@Nullable Path named, Path workingDirectory) {
        if (named != null) return read(named);
        return FOLDERS.stream()
                .map(workingDirectory::resolve)
                .flatMap(folder -> NAMES.stream().map(folder::resolve))
                .filter(Files::isRegularFile)
                .findFirst()
                .map(ConfigFile::read)
                .orElseGet(ConfigFile::none);
    }

    /// By extension; what is unknown is read as YAML, which JSON is too.
    static Syntax syntaxOf(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".json") ? Syntax.JSON : name.endsWith(".toml") ? Syntax.TOML : Syntax.YAML;
    }

    private static ConfigFile none() {
        String looked = "no goff-proxy.yaml, .toml, .json or .yml in ./, /goff/ or /etc/opt/goff/;"
                + " name one with --config, or name flag files";
        return new ConfigFile(null, new Node.Mapping(List.of(), Location.of("configuration")), List.of(), looked);
    }

    private static ConfigFile read(Path file) {
        Location whole = Location.of(file.toString());
        try {
            Document document = Formats.open(syntaxOf(file), file.toString(), Files.readAllBytes(file));
            List<Node.Member> members = new ArrayList<>();
            document.forEachMember((key, value) -> members.add(new Node.Member(key, value)));
            return new ConfigFile(file, new Node.Mapping(members, whole), List.of(), null);
        } catch (MalformedDocumentException e) {
            return unreadable(file, whole, e.problem());
        } catch (IOException e) {
            String why = e instanceof NoSuchFileException ? "no such file" : "cannot be read: " + e.getMessage();
            return unreadable(file, whole, new Problem(Severity.ERROR, null, "", whole, why, null));
        }
    }

    private static ConfigFile unreadable(Path file, Location whole, Problem problem) {
        return new ConfigFile(file, new Node.Mapping(List.of(), whole), List.of(problem), null);
    }
}
