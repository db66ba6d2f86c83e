/// JSON as GO Feature Flag reads and writes it, on Jackson's streaming core: [JsonReader] in, [JsonWriter] out, [Body] in
/// between. The rules are those of Go's `encoding/json`, because clients compare bytes and hashes.
package dev.jackstaff.formats.json;
