package dev.jackstaff.engine.query;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A version of SemVer 2.0.0 that others are compared with, without making anything of them but the comparison.
///
/// As strict as the original's library (`blang/semver`): three numbers without leading zeros that fit 64 bits, then
/// optional pre-release and build identifiers. Build metadata has no rank. Immutable.
final class SemVer {
    /// What [#compareFrom] gives for a text that is no version.
    static final int NO_VERSION = Integer.MIN_VALUE;

    private static final String LARGEST_NUMBER = "18446744073709551615";

    private final String text;
    private final int[] numbers;
    private final List<String> preRelease;

    private SemVer(String text, int[] numbers, List<String> preRelease) {
        this.text = text;
        this.numbers = numbers;
        this.preRelease = preRelease;
    }

    /// The version `text` stands for, or null when it is none.
    static @Nullable SemVer parse(String text) {
        int minor = text.indexOf('.') + 1;
        int patch = minor == 0 ? 0 : text.indexOf('.', minor) + 1;
        if (patch == 0) return null;
        int end = patch;
        while (end < text.length() && isDigit(text.charAt(end))) end++;
        SemVer version = new SemVer(text, new int[]{0, minor - 1, minor, patch - 1, patch, end}, preRelease(text, end));
        return version.compareFrom(text) == NO_VERSION ? null : version;
    }

    private static List<String> preRelease(String text, int start) {
        if (start == text.length() || text.charAt(start) != '-') return List.of();
        int build = text.indexOf('+', start);
        String identifiers = text.substring(start + 1, build < 0 ? text.length() : build);
        List<String> list = new ArrayList<>();
        for (int from = 0, dot; from <= identifiers.length(); from = dot + 1) {
            dot = identifiers.indexOf('.', from);
            if (dot < 0) dot = identifiers.length();
            list.add(identifiers.substring(from, dot));
        }
        return list;
    }

    /// How the version that `other` stands for compares with this one: negative, zero, positive; [#NO_VERSION] when it is
    /// no version. Cost: one pass, no allocation.
    int compareFrom(String other) {
        int order = 0;
        int at = 0;
        for (int part = 0; part < 3; part++) {
            int end = digitsEnd(other, at);
            if (!isNumber(other, at, end)) return NO_VERSION;
            if (order == 0) order = compareNumbers(other, at, end, text, numbers[2 * part], numbers[2 * part + 1]);
            at = end;
            if (part < 2 && (at == other.length() || other.charAt(at++) != '.')) return NO_VERSION;
        }
        int rank = 0;
        boolean hasPreRelease = at < other.length() && other.charAt(at) == '-';
        if (!hasPreRelease) rank = preRelease.isEmpty() ? 0 : 1;
        else if (preRelease.isEmpty()) rank = -1;
        if (hasPreRelease) {
            int index = 0;
            do {
                int start = at + 1;
                at = identifierEnd(other, start);
                if (at == start || (isNumeric(other, start, at) && !isNumber(other, start, at))) return NO_VERSION;
                if (rank == 0) rank = compareIdentifier(other, start, at, index++);
            } while (at < other.length() && other.charAt(at) == '.');
            if (rank == 0 && index < preRelease.size()) rank = -1;
        }
        if (at < other.length() && other.charAt(at) == '+') {
            do {
                int start = at + 1;
                at = identifierEnd(other, start);
                if (at == start) return NO_VERSION;
            } while (at < other.length() && other.charAt(at) == '.');
        }
        if (at < other.length()) return NO_VERSION;
        return order != 0 ? order : rank;
    }

    private int compareIdentifier(String other, int start, int end, int index) {
        if (index == preRelease.size()) return 1;
        String own = preRelease.get(index);
        boolean numeric = isNumeric(other, start, end);
        boolean ownNumeric = isNumeric(own, 0, own.length());
        if (numeric && ownNumeric) return compareNumbers(other, start, end, own, 0, own.length());
        if (numeric != ownNumeric) return numeric ? -1 : 1;
        for (int i = 0; i < Math.min(end - start, own.length()); i++)
            if (other.charAt(start + i) != own.charAt(i)) return other.charAt(start + i) - own.charAt(i);
        return end - start - own.length();
    }

    /// Numbers without leading zeros: the longer one is larger.
    private static int compareNumbers(String a, int aStart, int aEnd, String b, int bStart, int bEnd) {
        int length = aEnd - aStart;
        if (length != bEnd - bStart) return length - (bEnd - bStart);
        for (int i = 0; i < length; i++)
            if (a.charAt(aStart + i) != b.charAt(bStart + i)) return a.charAt(aStart + i) - b.charAt(bStart + i);
        return 0;
    }

    private static boolean isNumber(String text, int start, int end) {
        int length = end - start;
        if (length == 0 || (length > 1 && text.charAt(start) == '0')) return false;
        if (length < LARGEST_NUMBER.length()) return true;
        return compareNumbers(text, start, end, LARGEST_NUMBER, 0, LARGEST_NUMBER.length()) <= 0;
    }

    private static boolean isNumeric(String text, int start, int end) {
        return digitsEnd(text, start) >= end;
    }

    private static int digitsEnd(String text, int start) {
        int end = start;
        while (end < text.length() && isDigit(text.charAt(end))) end++;
        return end;
    }

    private static int identifierEnd(String text, int start) {
        int end = start;
        while (end < text.length() && isIdentifierPart(text.charAt(end))) end++;
        return end;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isIdentifierPart(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
    }

    /// The end of the longest version token that starts at `start` of a query, or -1. Unlike [#parse] it takes numbers of
    /// any size, and stops where the rest no longer belongs to a version.
    static int longestPrefix(String text, int start) {
        int at = start;
        for (int part = 0; part < 3; part++) {
            int end = numericPrefixEnd(text, at);
            if (end == at) return -1;
            at = end;
            if (part < 2 && (at == text.length() || text.charAt(at++) != '.')) return -1;
        }
        int accepted = at;
        if (at < text.length() && text.charAt(at) == '-') {
            do {
                int identifier = at + 1;
                at = identifierEnd(text, identifier);
                if (at == identifier) return accepted;
                if (isNumeric(text, identifier, at) && numericPrefixEnd(text, identifier) < at)
                    return numericPrefixEnd(text, identifier);
                accepted = at;
            } while (at < text.length() && text.charAt(at) == '.');
        }
        if (at == accepted && at < text.length() && text.charAt(at) == '+') {
            do {
                int identifier = at + 1;
                at = identifierEnd(text, identifier);
                if (at == identifier) return accepted;
                accepted = at;
            } while (at < text.length() && text.charAt(at) == '.');
        }
        return accepted;
    }

    /// A zero ends a number that begins with it.
    private static int numericPrefixEnd(String text, int start) {
        if (start < text.length() && text.charAt(start) == '0') return start + 1;
        return digitsEnd(text, start);
    }
}
