package dev.jackstaff.engine.flag;
import dev.jackstaff.engine.document.Document;
final class FlagReader {
    FlagReader(Document d) {}
    Reading read() { throw new AssertionError(); }
}
