/// What a platform asks before it sends traffic or restarts: [ProbeRoutes] is the door.
package dev.jackstaff.relay.probes;
