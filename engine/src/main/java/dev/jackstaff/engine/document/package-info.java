/// What a parser hands over: a text as a stream of trees that know their lines, without a trace of its format but for the
/// kinds its scalars resolved to. Also the two things every later stage speaks of: a [Location] in the text and a
/// [Problem] with it. Parsers live elsewhere; the engine reads no text but dates.
package dev.jackstaff.engine.document;
