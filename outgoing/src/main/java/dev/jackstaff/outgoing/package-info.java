/// HTTP calls to flag sources, sinks of events and receivers of messages. [OutgoingHttp] is the door.
package dev.jackstaff.outgoing;
