package dev.jackstaff.verify.architecture.planted.engine;

record FlagManager(String name) {}
