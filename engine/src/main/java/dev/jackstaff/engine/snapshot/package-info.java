/// The compiled flags of one flag set at one revision, and the way from one revision to the next: what is taken over,
/// what is compiled, which flag goes on with its last good version, and when a file is refused. A [Snapshot] is asked,
/// explained and swapped; it holds no clock and no thread, and everything in it is immutable.
package dev.jackstaff.engine.snapshot;
