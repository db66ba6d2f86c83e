package dev.jackstaff.formats.json;

/// The body is not the JSON that was asked for. The message is made for the caller: it says where and what, and repeats
/// nothing of the body but single characters and numbers.
public final class MalformedJsonException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedJsonException(String message) {
        super(message, null, false, false);
    }
}
