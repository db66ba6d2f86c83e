/// The relay's configuration: `goff-proxy.yaml` with GO Feature Flag's keys, defaults and messages.
/// [RelayConfig#read] is the door.
package dev.jackstaff.relay.config;
