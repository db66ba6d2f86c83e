package dev.jackstaff.verify.clients;

/// Who may ask the relay.
enum Access {
    OPEN,
    WITH_KEYS,
    FLAG_SET;

    /// What a client has to present; empty for nothing.
    String key() {
        return this == OPEN ? "" : "app-key";
    }

    /// The configuration that gives this access to flags that come from `source`.
    String config(String source) {
        return switch (this) {
            case OPEN -> source;
            case WITH_KEYS -> source + "authorizedKeys: {evaluation: [" + key() + "]}\n";
            case FLAG_SET -> "flagsets:\n  - name: app\n    apiKeys: [" + key() + "]\n" + source.indent(4);
        };
    }
}
