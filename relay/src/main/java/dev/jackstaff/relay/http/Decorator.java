package dev.jackstaff.relay.http;

import java.util.List;
import java.util.Set;

/// Adds headers to every answer, whatever it is and however it came about: 200, 404, 413, 500.
///
/// It owns the names it adds: nobody else may write them, and no two decorators may own the same. So their order does not
/// matter.
interface Decorator {

    /// The names, in lower case.
    Set<String> owns();

    List<Header> headersFor(Head head);
}
