package dev.jackstaff.engine.query;

/// A query that is larger than [Limits] allow. Never leaves this package.
@SuppressWarnings("serial") // never serialized
final class LimitExceeded extends RuntimeException {
    final int offset;

    LimitExceeded(int offset, String message) {
        super(message, null, false, false);
        this.offset = offset;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
