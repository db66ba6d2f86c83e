/// [Relay] starts the server and wires its parts: configuration, flags, routes, listener, logs.
package dev.jackstaff.relay;
