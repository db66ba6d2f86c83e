/// Changes of flags as they happen: [StreamRoutes] is the door, [ChangeTopic] what a flag set tells its changes on.
package dev.jackstaff.relay.stream;
