package dev.jackstaff.relay.http;

import org.jspecify.annotations.Nullable;

/// Knows the keys. Asked once a request, on the event loop, so it must not wait. Thread-safe.
///
/// A refusal is the whole answer: an error body in the style of the request.
public interface Gatekeeper {

    /// Who may ask about flags.
    Or<Client> client(Credentials credentials, Style style);

    /// Who may listen to flag changes. Browsers cannot set headers there, so the key is in the query.
    Or<Client> subscriber(Credentials credentials, Style style);

    /// Who may act on the relay itself.
    Or<Administrator> administrator(Credentials credentials, Style style);

    /// A caller with a valid key, or one who needs none.
    ///
    /// @param flagSet what the key opens; null when it is valid and opens none
    record Client(@Nullable ServedFlagSet flagSet) {}

    /// A caller with an admin key.
    ///
    /// @param flagSet what the key is a key of as well; null for none
    record Administrator(@Nullable ServedFlagSet flagSet) {}
}
