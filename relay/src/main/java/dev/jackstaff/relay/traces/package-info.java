/// Requests as OpenTelemetry traces: [Traces] is the door. Nothing of it is loaded unless traces are configured.
package dev.jackstaff.relay.traces;
