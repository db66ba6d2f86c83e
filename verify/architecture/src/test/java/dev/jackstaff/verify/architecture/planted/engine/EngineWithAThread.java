package dev.jackstaff.verify.architecture.planted.engine;

record EngineWithAThread(Thread thread) {}
