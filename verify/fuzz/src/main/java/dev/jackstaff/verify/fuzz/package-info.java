/// What Jazzer is let loose on: one class a target, each with `fuzzerTestOneInput`. `verify/fuzz/run` starts them.
@org.jspecify.annotations.NullMarked
package dev.jackstaff.verify.fuzz;
