package dev.jackstaff.relay.http;

/// A request whose caller is known as far as its area asks. Only [Pipeline#identify] makes one. Immutable.
sealed interface Identified {
    Head head();

    record Anybody(Head head) implements Identified {}

    record Client(Head head, Gatekeeper.Client caller) implements Identified {}

    record Listener(Head head, Gatekeeper.Pass caller) implements Identified {}

    record Administrator(Head head, Gatekeeper.Administrator caller) implements Identified {}
}
