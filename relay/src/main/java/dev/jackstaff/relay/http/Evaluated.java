package dev.jackstaff.relay.http;

import dev.jackstaff.engine.evaluation.Evaluation;

/// What an answer about one flag came from. Immutable.
///
/// @param subject the targeting key; empty without one
public record Evaluated(Evaluation evaluation, String subject) {}
