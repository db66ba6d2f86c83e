package dev.jackstaff.exporters.text;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A text with places to fill, in the part of Go's `text/template` that configurations of GO Feature Flag need: fields
/// (`{{ .Key}}`), what is in maps (`{{ .Metadata.team}}`), `if`, `else if`, `else`, `end`, the functions `eq`, `ne`, `and`,
/// `or`, `not`, `len`, `index`, `printf`, pipes, parentheses, comments, and `{{-` and `-}}`.
///
/// Everything that can be wrong is found when it is parsed. Immutable.
public final class Template {
    /// Renders nothing.
    static final Template EMPTY = new Template(List.of());

    private final List<Part> parts;

    private Template(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /// @param fields the names that may stand behind a dot
    /// @throws TemplateException with the first thing that is wrong
    public static Template parse(String text, Set<String> fields) throws TemplateException {
        return new Template(new TemplateParser(text, fields).parse());
    }

    /// @param fields a value for each name the template was parsed with; one that is absent reads as null
    public String render(Map<String, ? extends @Nullable Object> fields) {
        StringBuilder out = new StringBuilder();
        for (Part part : parts) part.render(fields, out);
        return out.toString();
    }
}
