package dev.jackstaff.relay.http;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Knows the keys. Asked once a request, on the event loop, so it must not wait. Thread-safe.
///
/// A refusal is the whole answer: an error body in the style of the request.
public interface Gatekeeper {

    /// Who may ask about flags.
    Or<Client> client(Credentials credentials, Style style);

    /// Who may listen to flag changes. Browsers cannot set headers there, so the key is in the query.
    Or<Pass> subscriber(Credentials credentials, Style style);

    /// Who may act on the relay itself.
    Or<Administrator> administrator(Credentials credentials, Style style);

    /// A caller with a valid key, or one who needs none.
    ///
    /// @param flagSet what the key opens; null when it is valid and opens none
    /// @param quota   how much all those with the key may ask
    record Client(@Nullable ServedFlagSet flagSet, Quota quota) {

        /// One who may ask as much as there is.
        public Client(@Nullable ServedFlagSet flagSet) {
            this(flagSet, Quota.UNLIMITED);
        }
    }

    /// A caller who may listen, for as long as the key opens the same flag set.
    ///
    /// @param flagSet what the key opens; null when it is valid and opens none
    /// @param holds   whether it still does. Asked often, by one thread
    record Pass(@Nullable ServedFlagSet flagSet, BooleanSupplier holds) {}

    /// A caller with an admin key.
    ///
    /// @param flagSet what the key is a key of as well; null for none
    record Administrator(@Nullable ServedFlagSet flagSet) {}
}
