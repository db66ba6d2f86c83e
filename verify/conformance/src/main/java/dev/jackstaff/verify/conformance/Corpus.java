package dev.jackstaff.verify.conformance;

import dev.jackstaff.verify.conformance.Case.MalformedCaseException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/// A file of cases, one JSON object a line, compressed when its name ends in `.gz`.
record Corpus(Path file) {

    /// Takes one case at a time.
    @FunctionalInterface
    interface CaseConsumer {
        void accept(Case one);
    }

    /// @throws MalformedCaseException at the first line that is no case
    void forEach(CaseConsumer consumer) throws IOException, MalformedCaseException {
        try (BufferedReader lines = open()) {
            int number = 0;
            for (String line; (line = lines.readLine()) != null;) {
                number++;
                if (!line.isBlank())
                    consumer.accept(Case.read(file + ":" + number, line.getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    private BufferedReader open() throws IOException {
        InputStream bytes = Files.newInputStream(file);
        try {
            InputStream text = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
            return new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8));
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }
}
