/// What the server says about itself: one line an event on standard error, as JSON or logfmt. [Logs] is the door.
package dev.jackstaff.relay.log;
