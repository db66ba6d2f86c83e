/// The relay API of GO Feature Flag v1.55.2 itself: [GoffRoutes] is the door to the flags, [MonitoringRoutes] to what probes ask.
package dev.jackstaff.relay.goff;
