package dev.jackstaff.verify.architecture;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The files of the project as they are checked in, and what can be read from them.
final class Repository {
    /// Surefire runs in the folder of this module.
    static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();

    private static final Set<String> NOT_OURS = Set.of(".git", ".idea", ".vscode", ".settings", ".jackstaff", "target",
            "node_modules");
    private static final Pattern CODE_SPAN = Pattern.compile("`([^`\n]+)`");
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_.-]+/[A-Za-z0-9_./-]*|[A-Za-z0-9_-]+\\.(md|xml)");

    private Repository() {}

    static String read(String path) throws IOException {
        return Files.readString(ROOT.resolve(path));
    }

    /// Every text file, relative to the root. What is not UTF-8 is not text.
    static List<Path> textFiles() throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return isOurs(folder) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile() && isOurs(file) && isText(file)) files.add(ROOT.relativize(file));
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    private static boolean isOurs(Path path) {
        return !NOT_OURS.contains(String.valueOf(path.getFileName()));
    }

    private static boolean isText(Path file) throws IOException {
        try {
            return Files.readString(file).indexOf('\0') < 0;
        } catch (MalformedInputException e) {
            return false;
        }
    }

    /// The code spans of a Markdown text that are paths in this repository: with a slash that is not their first
    /// character, or a document or pom of the root.
    static List<String> pathsNamedIn(String markdown) {
        return CODE_SPAN.matcher(markdown)
                .results()
                .map((MatchResult span) -> span.group(1))
                .filter(span -> PATH.matcher(span).matches())
                .distinct()
                .toList();
    }
}
