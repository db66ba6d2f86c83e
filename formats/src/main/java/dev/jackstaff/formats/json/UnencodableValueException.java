package dev.jackstaff.formats.json;

/// A value of a flag file has no JSON form: not a number, infinity, or a map with keys that are not strings. Reachable
/// only where flags with such values are served at all (`compatibility: exact`, R-D45).
public final class UnencodableValueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnencodableValueException(String message) {
        super(message, null, false, false);
    }
}
