/// What Prometheus scrapes, under the names of the original (`cmd/relayproxy/metric`) and a few of our own. [Metrics] is the
/// door.
///
/// Every label has few values, whatever callers send: a route, a known method, a status, a flag that exists (R-D13).
package dev.jackstaff.relay.metrics;
