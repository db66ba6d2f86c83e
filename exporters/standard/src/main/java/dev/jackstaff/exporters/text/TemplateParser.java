package dev.jackstaff.exporters.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Parses one template. Used once.
final class TemplateParser {
    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";

    /// What ends a list of parts.
    private enum End {
        TEXT,
        END,
        ELSE,
        ELSE_IF
    }

    private final String text;
    private final Set<String> fields;
    private int at;
    private boolean trimNext;
    private int actionStart;

    TemplateParser(String text, Set<String> fields) {
        this.text = text;
        this.fields = new TreeSet<>(fields);
    }

    List<Part> parse() throws TemplateException {
        List<Part> parts = new ArrayList<>();
        if (parts(parts) != End.TEXT) throw wrong(actionStart, "there is no {{ if }} that this could belong to");
        return parts;
    }

    /// Reads up to an `else` or `end` of the list around it, or the end of the text.
    private End parts(List<Part> parts) throws TemplateException {
        while (true) {
            int open = text.indexOf(OPEN, at);
            String before = text.substring(at, open < 0 ? text.length() : open);
            if (trimNext) before = before.stripLeading();
            trimNext = false;
            if (open < 0) {
                at = text.length();
                if (!before.isEmpty()) parts.add(new Part.Text(before));
                return End.TEXT;
            }
            actionStart = open;
            at = open + OPEN.length();
            if (text.startsWith("-", at) && at + 1 < text.length() && Character.isWhitespace(text.charAt(at + 1))) {
                before = before.stripTrailing();
                at += 2;
            }
            if (!before.isEmpty()) parts.add(new Part.Text(before));
            End end = action(parts);
            if (end != null) return end;
        }
    }

    private @Nullable End action(List<Part> parts) throws TemplateException {
        if (text.startsWith("/*", at)) {
            int end = text.indexOf("*/", at);
            if (end < 0) throw wrong(actionStart, "the comment has no end");
            at = end + 2;
            close();
            return null;
        }
        skipSpace();
        int start = at;
        String word = word();
        switch (word) {
            case "if" -> {
                choice(parts);
                return null;
            }
            case "else" -> {
                skipSpace();
                if (text.startsWith("if", at)) {
                    at += 2;
                    return End.ELSE_IF;
                }
                close();
                return End.ELSE;
            }
            case "end" -> {
                close();
                return End.END;
            }
            case "range", "with", "define", "template", "block", "break", "continue" -> throw wrong(
                    start, "{{ " + word + " }} is not there; there are if, else and end");
            default -> at = start;
        }
        parts.add(new Part.Output(pipeline()));
        close();
        return null;
    }

    private void choice(List<Part> parts) throws TemplateException {
        int begun = actionStart;
        Expression condition = pipeline();
        close();
        List<Part> then = new ArrayList<>(), otherwise = new ArrayList<>();
        End end = parts(then);
        if (end == End.ELSE_IF) choice(otherwise);
        else if (end == End.ELSE) {
            if (parts(otherwise) != End.END) throw wrong(begun, "{{ if }} has no {{ end }}");
        } else if (end == End.TEXT) throw wrong(begun, "{{ if }} has no {{ end }}");
        parts.add(new Part.Choice(condition, then, otherwise));
    }

    private void close() throws TemplateException {
        skipSpace();
        if (text.startsWith("-" + CLOSE, at) && Character.isWhitespace(text.charAt(at - 1))) {
            trimNext = true;
            at += 1;
        }
        if (!text.startsWith(CLOSE, at)) throw unexpected("}}");
        at += CLOSE.length();
    }

    private Expression pipeline() throws TemplateException {
        Expression value = command();
        while (true) {
            skipSpace();
            if (!text.startsWith("|", at)) return value;
            at++;
            skipSpace();
            int start = at;
            Function function = function(word(), start);
            value = call(function, start, value);
        }
    }

    private Expression command() throws TemplateException {
        skipSpace();
        int start = at;
        if (at >= text.length() || !Character.isLetter(text.charAt(at))) return operand();
        String word = word();
        if (word.equals("true") || word.equals("false")) return new Expression.Literal(word.equals("true"));
        return call(function(word, start), start, null);
    }

    private Function function(String word, int start) throws TemplateException {
        Function function = Function.named(word);
        if (function != null) return function;
        List<String> words = new ArrayList<>();
        for (Function known : Function.values()) words.add(known.word());
        if (word.isEmpty()) throw wrong(start, "a function is expected, one of " + String.join(", ", words));
        throw wrong(start, "there is no function " + word + "; there are " + String.join(", ", words)
                + " (and fields begin with a dot)");
    }

    private Expression call(Function function, int start, @Nullable Expression last) throws TemplateException {
        List<Expression> arguments = new ArrayList<>();
        for (skipSpace(); !isAtEndOfCommand(); skipSpace()) arguments.add(operand());
        if (last != null) arguments.add(last);
        if (arguments.size() < function.least || arguments.size() > function.most)
            throw wrong(start, function.word() + " does not take " + arguments.size() + " arguments");
        if (function == Function.PRINTF) checkFormat(arguments, start);
        return new Expression.Call(function, arguments);
    }

    private static void checkFormat(List<Expression> arguments, int start) throws TemplateException {
        if (!(arguments.get(0) instanceof Expression.Literal literal) || !(literal.literal() instanceof String format))
            throw wrong(start, "the format of printf must stand there as a text");
        int verbs = Function.verbs(format);
        if (verbs < 0) throw wrong(start, "printf knows %v, %s, %d, %t, %q, %f and %%");
        if (verbs != arguments.size() - 1)
            throw wrong(start,
                    "the format of printf has " + verbs + " verbs for " + (arguments.size() - 1) + " values");
    }

    private boolean isAtEndOfCommand() {
        return at >= text.length() || text.startsWith(CLOSE, at) || text.startsWith("-" + CLOSE, at)
                || text.charAt(at) == '|' || text.charAt(at) == ')';
    }

    private Expression operand() throws TemplateException {
        char c = at < text.length() ? text.charAt(at) : '\0';
        if (c == '.') return field();
        if (c == '"' || c == '`') return new Expression.Literal(string(c));
        if (c == '(') {
            at++;
            Expression value = pipeline();
            skipSpace();
            if (!text.startsWith(")", at)) throw unexpected(")");
            at++;
            return value;
        }
        if (c == '-' || Character.isDigit(c)) return new Expression.Literal(number());
        int start = at;
        String word = word();
        if (word.equals("true") || word.equals("false")) return new Expression.Literal(word.equals("true"));
        if (!word.isEmpty()) throw wrong(start, "put parentheses around " + word + " and what belongs to it");
        throw unexpected("a field such as ." + fields.iterator().next());
    }

    private Expression field() throws TemplateException {
        int start = at;
        List<String> path = new ArrayList<>();
        while (text.startsWith(".", at)) {
            at++;
            String name = word();
            if (name.isEmpty()) throw wrong(start, "a name is expected behind the dot");
            path.add(name);
        }
        if (!fields.contains(path.get(0)))
            throw wrong(start, "there is no field ." + path.get(0) + "; there are ." + String.join(", .", fields));
        return new Expression.Field(path);
    }

    private String string(char quote) throws TemplateException {
        int start = at++;
        StringBuilder string = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            char c = text.charAt(at++);
            if (c == '\n' && quote == '"') break;
            if (c != '\\' || quote == '`') string.append(c);
            else if (at < text.length()) string.append(escaped(text.charAt(at++)));
        }
        if (at >= text.length() || text.charAt(at) != quote) throw wrong(start, "the text has no end");
        at++;
        return string.toString();
    }

    private char escaped(char c) throws TemplateException {
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case '"', '\\' -> c;
            default -> throw wrong(at - 2, "there is no escape \\" + c + "; there are \\n, \\t, \\r, \\\" and \\\\");
        };
    }

    private Object number() throws TemplateException {
        int start = at++;
        while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) at++;
        String number = text.substring(start, at);
        try {
            if (number.contains(".")) return Double.valueOf(number);
            return Long.valueOf(number);
        } catch (NumberFormatException e) {
            throw wrong(start, "no number: " + number);
        }
    }

    private String word() {
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) at++;
        return text.substring(start, at);
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) at++;
    }

    private TemplateException unexpected(String expected) {
        String found = at >= text.length() ? "the end" : "\"" + text.charAt(at) + "\"";
        return wrong(at, found + " where " + expected + " is expected");
    }

    private static TemplateException wrong(int position, String message) {
        return new TemplateException(position, message);
    }
}
