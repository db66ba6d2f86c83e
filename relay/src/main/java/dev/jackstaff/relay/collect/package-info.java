/// Takes events that clients have collected: `POST /v1/data/collector`.
package dev.jackstaff.relay.collect;
