package dev.jackstaff.verify.architecture.planted.relay;

import dev.jackstaff.verify.architecture.planted.engine.EngineThatKnowsTheRelay;

/// @param engine half of a cycle
public record PlantedRelay(EngineThatKnowsTheRelay engine) {}
