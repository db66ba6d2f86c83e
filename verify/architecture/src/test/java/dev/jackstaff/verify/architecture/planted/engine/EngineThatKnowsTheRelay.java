package dev.jackstaff.verify.architecture.planted.engine;

import dev.jackstaff.verify.architecture.planted.relay.PlantedRelay;

/// @param relay what no engine may know
public record EngineThatKnowsTheRelay(PlantedRelay relay) {}
