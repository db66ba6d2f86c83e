/// What one snapshot of a flag set looks like from outside, worked out once: [Publication] is the door.
package dev.jackstaff.relay.publication;
