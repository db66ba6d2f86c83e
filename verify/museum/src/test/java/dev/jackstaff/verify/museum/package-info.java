/// Defects of GO Feature Flag and its relatives, an exhibit each. `docs/reference/museum.md` is the guide.
package dev.jackstaff.verify.museum;
