package dev.jackstaff.exporters.text;

/// A template cannot be used. The message says where, what, and what would be right.
public final class TemplateException extends Exception {
    private static final long serialVersionUID = 1L;

    TemplateException(int position, String message) {
        super("at character " + (position + 1) + ": " + message, null, false, false);
    }
}
