package dev.jackstaff.verify.architecture.planted.engine;

import org.assertj.core.data.Offset;

record EngineWithALibrary(Offset<Double> offset) {}
