package dev.jackstaff.engine.query;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The numbers of a list in a rules expression. One that is out of range spoils the list.
final class Items {
    private Items() {}

    static Literal wholes(List<Token> items) {
        Set<Long> numbers = new HashSet<>();
        for (Token item : items) {
            try {
                numbers.add(Long.parseLong(item.text()));
            } catch (NumberFormatException tooLarge) {
                return outOfRange("ParseInt", item);
            }
        }
        return new Literal.Wholes(numbers);
    }

    static Literal decimals(List<Token> items) {
        double[] numbers = new double[items.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Double.parseDouble(items.get(i).text());
            if (Double.isInfinite(numbers[i])) return outOfRange("ParseFloat", items.get(i));
        }
        return new Literal.Decimals(new DoubleSet(numbers));
    }

    private static Literal outOfRange(String function, Token item) {
        return new Literal.NoNumber(
                item.start(), "strconv." + function + ": parsing \"" + item.text() + "\": value out of range");
    }
}
