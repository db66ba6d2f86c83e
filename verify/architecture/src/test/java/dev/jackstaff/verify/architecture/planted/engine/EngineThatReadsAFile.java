package dev.jackstaff.verify.architecture.planted.engine;

import java.nio.file.Path;

record EngineThatReadsAFile(Path path) {}
