package dev.jackstaff.relay.collect;

/// One sent event has no form of an event. The message names the member and no value.
final class MalformedEventException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedEventException(String message) {
        super(message, null, false, false);
    }
}
