/// The OpenFeature Remote Evaluation Protocol as GO Feature Flag v1.55.2 speaks it: [OfrepRoutes] is the door.
package dev.jackstaff.relay.ofrep;
