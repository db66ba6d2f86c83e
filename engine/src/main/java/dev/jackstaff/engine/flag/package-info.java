/// A flag file as records: every field as its author wrote it, absent as null, and every problem of the reading at once.
/// Definitions are read but not judged; whether they make sense is for the snapshot to say. They are what changes are
/// detected on, and what is handed out to whoever evaluates elsewhere.
package dev.jackstaff.engine.flag;
