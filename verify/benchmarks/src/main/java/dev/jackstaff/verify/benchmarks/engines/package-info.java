/// The engines that are measured, behind one interface: [Engine] is the door. Each has the same three flags ([Flag]) in its
/// own notation, in a file of its name.
package dev.jackstaff.verify.benchmarks.engines;
