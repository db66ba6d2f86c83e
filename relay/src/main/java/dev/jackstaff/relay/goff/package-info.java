/// The relay API of GO Feature Flag v1.55.2 itself: [GoffRoutes] is the door.
package dev.jackstaff.relay.goff;
