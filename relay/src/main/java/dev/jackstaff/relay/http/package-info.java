/// One request in, one answer out, and nothing that a handler touches in between can reach the connection.
///
/// [Listener] is the door. A request passes typed stages, each of which can only come from the one before it, or ends at
/// one of them with a refusal:
///
/// ```
/// Head -admit-> Admitted -identify-> Identified -route-> Routed -read-> Request -decode-> Decoded -handle-> Response -dress-> bytes
/// ```
///
/// The owner of a connection is its event loop: [Exchange] is the only code that reads from it and writes to it. Handlers
/// and decoders take immutable values and return immutable values. Decorators add headers that they alone own, to every
/// answer. Observers see what was written, afterwards.
///
/// A stream is an answer that does not end: its route decides on the head alone, and from then on a [Feed] owns it, on the same
/// event loop. Publishers put messages into mailboxes and reach nothing else.
package dev.jackstaff.relay.http;
