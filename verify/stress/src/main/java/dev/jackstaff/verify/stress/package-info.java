/// A relay in a process of its own, under load: [Stress] is the command.
package dev.jackstaff.verify.stress;
