package dev.jackstaff.engine.query;

import dev.jackstaff.engine.query.Syntax.Chain;
import dev.jackstaff.engine.query.Syntax.Compare;
import dev.jackstaff.engine.query.Syntax.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a rules expression:
///
/// ```
/// query   := primary { SPACE JOINT SPACE primary }
/// primary := [NOT] [SPACE] "(" [SPACE] query [SPACE] ")"
///          | path SPACE "pr"
///          | path SPACE operator SPACE value
/// ```
///
/// The longest beginning that fits is the query; what follows is ignored. Malformed text is repaired the way the
/// original's parser does (the default error strategy of ANTLR 4: delete one token, else insert one, else skip to where
/// something around can go on), because such queries load and work there. Every repair is a finding.
final class Grammar {
    /// Where the parser can be when it gives up; giving up twice at one place of the text must take a token.
    private enum Place {
        PRIMARY,
        AFTER_NOT,
        OPEN,
        AFTER_OPEN,
        CLOSE,
        BEFORE_VALUE,
        AFTER_JOINT,
        VALUE,
        INTEGER,
        ITEM
    }

    private static final String COMPARISON_FORM = "a condition is: attribute, one space, operator, one space, value";

    private final List<Token> tokens;
    private final Findings findings;
    private int at;
    private boolean recovering;
    private boolean stopped;
    private boolean strayNot;
    private int gaveUpAt = -1;
    private final EnumSet<Place> gaveUpIn = EnumSet.noneOf(Place.class);
    private int nesting;
    private int conditions;

    Grammar(List<Token> tokens, Findings findings) {
        this.tokens = tokens;
        this.findings = findings;
    }

    /// The query. Afterwards [#end] says how far it goes.
    Syntax read() {
        return query(false, null);
    }

    /// Where the query ends in the prepared text, and what is ignored begins.
    int end() {
        return at == 0 ? 0 : tokens.get(at - 1).end();
    }

    /// @param operand whether this is the right-hand side of `and` or `or`, which is one primary
    private Syntax query(boolean operand, @Nullable Expected after) {
        boolean strayNotOutside = strayNot;
        strayNot = false;
        Syntax first = primary(after);
        Syntax query = stopped || operand ? first : chain(first, after);
        stopped = false;
        strayNot = strayNotOutside;
        return query;
    }

    private Syntax chain(Syntax first, @Nullable Expected after) {
        if (!kind(0, TokenKind.SPACE) || !kind(1, TokenKind.JOINT)) return first;
        List<Syntax> operands = new ArrayList<>(List.of(first));
        List<Token> joints = new ArrayList<>();
        while (!stopped && kind(0, TokenKind.SPACE) && kind(1, TokenKind.JOINT)) {
            take();
            joints.add(take());
            Expected primary = new Expected(Expected.PRIMARY, false, null);
            if (match(Place.AFTER_JOINT, TokenKind.SPACE, primary) == null)
                operands.add(giveUp(Place.AFTER_JOINT, after));
            else
                operands.add(query(true, Expected.inQuery(after)));
        }
        return new Chain(operands, joints);
    }

    private Syntax primary(@Nullable Expected after) {
        if (!sync(Expected.PRIMARY)) return giveUp(Place.PRIMARY, after);
        if (Expected.GROUP.contains(kind())) return group(after);
        int end = pathEnd();
        if (end > 0 && kind(end, TokenKind.SPACE)) {
            if (kind(end + 1, TokenKind.PRESENT)) return presence(end);
            if (peek(end + 1).kind().isOperator()) return comparison(end, after);
        }
        return giveUp(Place.PRIMARY, after);
    }

    /// How many tokens the path here has; 0 when there is none.
    private int pathEnd() {
        if (!kind(0, TokenKind.NAME)) return 0;
        int end = 1;
        while (kind(end, TokenKind.DOT) && kind(end + 1, TokenKind.NAME)) end += 2;
        return end;
    }

    private Syntax group(@Nullable Expected after) {
        int start = peek(0).start();
        boolean negated = takeIf(TokenKind.NOT);
        if (!sync(Expected.GROUP_AFTER_NOT)) return new Syntax.Group(start, negated, giveUp(Place.AFTER_NOT, after));
        takeIf(TokenKind.SPACE);
        if (match(Place.OPEN, TokenKind.OPEN, new Expected(Expected.PRIMARY, false, null)) == null)
            return new Syntax.Group(start, negated, giveUp(Place.OPEN, after));
        if (!sync(Expected.PRIMARY) || !canStartInGroup())
            return new Syntax.Group(start, negated, giveUp(Place.AFTER_OPEN, after));
        takeIf(TokenKind.SPACE);
        if (++nesting > Limits.NESTING)
            throw new LimitExceeded(start, Limits.message("nests deeper than", Limits.NESTING, "levels"));
        Syntax inner = query(false, Expected.inGroup(after));
        nesting--;
        boolean closed = sync(Expected.GROUP_END);
        if (closed) {
            takeIf(TokenKind.SPACE);
            closed = match(Place.CLOSE, TokenKind.CLOSE, Expected.inQuery(after)) != null;
        }
        if (!closed) {
            reportInserted(Place.CLOSE, TokenKind.CLOSE);
            giveUp(Place.CLOSE, after);
        }
        return new Syntax.Group(start, negated || strayNot, inner);
    }

    private boolean canStartInGroup() {
        return Expected.PRIMARY.contains(kind())
                && (!kind(0, TokenKind.SPACE) || Expected.PRIMARY.contains(peek(1).kind()));
    }

    private Syntax presence(int pathTokens) {
        Path path = path(pathTokens);
        take();
        take();
        return new Syntax.Presence(path);
    }

    private Syntax comparison(int pathTokens, @Nullable Expected after) {
        Path path = path(pathTokens);
        take();
        Token operator = take();
        Literal literal = Literal.Unreadable.UNREADABLE;
        if (match(Place.BEFORE_VALUE, TokenKind.SPACE, new Expected(Expected.VALUE, false, null)) == null)
            giveUp(Place.BEFORE_VALUE, after);
        else
            literal = value(Expected.inQuery(after));
        return new Compare(path, operator, literal, end());
    }

    private Path path(int pathTokens) {
        int start = peek(0).start();
        if (++conditions > Limits.CONDITIONS)
            throw new LimitExceeded(start, Limits.message("has more than", Limits.CONDITIONS, "conditions"));
        if (pathTokens / 2 >= Limits.PATH_SEGMENTS)
            throw new LimitExceeded(start, Limits.message("has a path of more than", Limits.PATH_SEGMENTS, "names"));
        List<String> names = new ArrayList<>();
        for (int i = 0; i < pathTokens; i++) {
            Token token = take();
            if (token.is(TokenKind.NAME)) names.add(token.text());
        }
        return new Path(start, names);
    }

    private Literal value(Expected after) {
        if (!sync(Expected.VALUE)) return unreadable(Place.VALUE, after);
        return switch (kind()) {
            case BOOL -> new Literal.Truth(take().text().equals("true"));
            case NULL -> {
                take();
                yield Literal.Nothing.NULL;
            }
            case VERSION -> new Literal.Version(take().text());
            case TEXT -> new Literal.Text(content(take()));
            case DECIMAL -> new Literal.Decimal(decimal(take()));
            case MINUS, INTEGER -> integer(after);
            case LIST_OPEN -> list(after);
            default -> unreadable(Place.VALUE, after);
        };
    }

    private Literal list(Expected after) {
        return switch (peek(1).kind()) {
            case TEXT, DECIMAL, INTEGER -> {
                take();
                yield list(kind(), after);
            }
            default -> unreadable(Place.VALUE, after);
        };
    }

    private Literal unreadable(Place place, Expected after) {
        int from = at;
        recover(place, after);
        reportSkipped(from, Literal.Unreadable.UNREADABLE.whatWouldBeRight());
        return Literal.Unreadable.UNREADABLE;
    }

    private static String content(Token text) {
        return text.text().substring(1, text.text().length() - 1);
    }

    /// NaN for one that is too large, as Go refuses it.
    private static double decimal(Token token) {
        double number = Double.parseDouble(token.text());
        return Double.isInfinite(number) ? Double.NaN : number;
    }

    /// An integer is whatever tokens it is made of, put together: `1E+2` is none.
    private Literal integer(Expected after) {
        int first = at;
        takeIf(TokenKind.MINUS);
        Expected rest = new Expected(EnumSet.of(TokenKind.EXPONENT), true, after);
        Token digits = match(Place.INTEGER, TokenKind.INTEGER, rest);
        if (digits == null) unreadable(Place.INTEGER, after);
        else
            takeIf(TokenKind.EXPONENT);
        StringBuilder text = new StringBuilder();
        for (Token token : tokens.subList(first, at)) text.append(token.text());
        if (digits != null && digits.text().isEmpty()) text.append("<missing INT>");
        return integer(tokens.get(first).start(), text.toString());
    }

    private static Literal integer(int start, String text) {
        try {
            return new Literal.Whole(Long.parseLong(text));
        } catch (NumberFormatException noLong) {
            boolean digits = text.matches("-?[0-9]+");
            return new Literal.NoNumber(
                    start,
                    "strconv.ParseInt: parsing \"" + text + "\": "
                            + (digits ? "value out of range" : "invalid syntax"));
        }
    }

    /// The items of a list of one kind. At the first thing that is no such item the list ends.
    private Literal list(TokenKind kind, Expected after) {
        int start = peek(0).start();
        List<Token> items = new ArrayList<>();
        boolean more = true;
        while (more) {
            Token item;
            if (sync(EnumSet.of(kind)) && kind(0, kind)
                    && (kind(1, TokenKind.COMMA) || kind(1, TokenKind.LIST_CLOSE))) {
                item = take();
                more = take().is(TokenKind.COMMA);
            } else {
                int from = at;
                item = firstOf(kind, recover(Place.ITEM, after));
                reportSkipped(from, "a list is items of one kind with commas between and no space before a comma");
                more = false;
            }
            if (item == null) return Literal.Unreadable.UNREADABLE;
            items.add(item);
            if (items.size() > Limits.LIST_ITEMS)
                throw new LimitExceeded(start, Limits.message("has a list of more than", Limits.LIST_ITEMS, "items"));
        }
        return list(kind, items);
    }

    private static Literal list(TokenKind kind, List<Token> items) {
        if (kind == TokenKind.TEXT)
            return new Literal.Texts(items.stream().map(Grammar::content).toList());
        return kind == TokenKind.INTEGER ? Items.wholes(items) : Items.decimals(items);
    }

    private static @Nullable Token firstOf(TokenKind kind, List<Token> tokens) {
        for (Token token : tokens) if (token.is(kind)) return token;
        return null;
    }

    // Repairs. A token is deleted when the one after it fits, inserted when the one here fits after it.

    /// Whether one of `wanted` is next, if need be after deleting one token. Right after a repair nothing is checked.
    private boolean sync(EnumSet<TokenKind> wanted) {
        if (recovering || wanted.contains(kind())) return true;
        return wanted.contains(peek(1).kind()) && delete();
    }

    /// The token of `wanted` kind that is next, an empty one where it had to be inserted, or null.
    ///
    /// @param rest what may follow it
    private @Nullable Token match(Place place, TokenKind wanted, Expected rest) {
        if (kind(0, wanted) || (kind(1, wanted) && delete())) return take();
        if (!Expected.allows(rest, kind())) return null;
        reportInserted(place, wanted);
        recovering = true;
        return new Token(wanted, peek(0).start(), "");
    }

    private boolean delete() {
        findings.add(peek(0).start(), Findings.quoted(peek(0).text()) + " does not belong here and is skipped", null);
        skip();
        matched();
        return true;
    }

    private Syntax giveUp(Place place, @Nullable Expected after) {
        String hint = hint();
        Syntax.Broken broken = new Syntax.Broken(peek(0).start(), hint);
        int from = at;
        recover(place, after);
        boolean nothingElse = from == 0 && after == null && place == Place.PRIMARY;
        if (!nothingElse) reportSkipped(from, hint);
        stopped = true;
        return broken;
    }

    /// What would be right here.
    private String hint() {
        int end = pathEnd();
        boolean word = end > 0 && kind(end, TokenKind.SPACE) && kind(end + 1, TokenKind.NAME);
        return word ? Words.unknownOperator(peek(end + 1).text()) : COMPARISON_FORM;
    }

    /// Skips to where something around can go on, and hands over what was skipped.
    private List<Token> recover(Place place, @Nullable Expected after) {
        int from = at;
        if (gaveUpAt == at && gaveUpIn.contains(place)) skip();
        gaveUpAt = at;
        gaveUpIn.add(place);
        while (!kind(0, TokenKind.END) && !Expected.anywhereAllows(after, kind())) skip();
        recovering = true;
        return tokens.subList(from, at);
    }

    private void reportInserted(Place place, TokenKind wanted) {
        int start = peek(0).start();
        if (place == Place.OPEN) {
            Token before = at == 0 ? peek(0) : tokens.get(at - 1);
            boolean afterNot = before.is(TokenKind.NOT) || (at > 1 && tokens.get(at - 2).is(TokenKind.NOT));
            if (afterNot)
                findings.add(start, "not applies to everything that follows, not to one condition", "write not (...)");
            else
                findings.add(start, "an extra space makes a group of everything that follows", "write one space only");
        } else if (place == Place.CLOSE)
            findings.add(start, "\")\" is missing and supplied", "close every parenthesis");
        else if (wanted == TokenKind.SPACE) findings.add(start, "a space is missing and supplied", "write one space");
    }

    private void reportSkipped(int from, String hint) {
        if (from == at) return;
        StringBuilder text = new StringBuilder();
        for (Token token : tokens.subList(from, at)) text.append(token.text());
        findings.add(
                tokens.get(from).start(),
                "cannot be read and is skipped: " + Findings.quoted(text.toString()),
                hint);
    }

    private void skip() {
        strayNot |= kind(0, TokenKind.NOT);
        if (!kind(0, TokenKind.END)) at++;
    }

    private Token take() {
        matched();
        return tokens.get(at++);
    }

    private boolean takeIf(TokenKind kind) {
        if (!kind(0, kind)) return false;
        take();
        return true;
    }

    private void matched() {
        recovering = false;
        gaveUpAt = -1;
        gaveUpIn.clear();
    }

    private TokenKind kind() {
        return peek(0).kind();
    }

    private boolean kind(int ahead, TokenKind kind) {
        return peek(ahead).is(kind);
    }

    private Token peek(int ahead) {
        return tokens.get(Math.min(at + ahead, tokens.size() - 1));
    }
}
