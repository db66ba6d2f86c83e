package dev.jackstaff.relay.http;

import io.netty.util.AsciiString;
import java.util.List;
import java.util.Set;

/// Tells which version answered. Not to preflight requests, as in the original: browsers hide their answers.
final class VersionHeader implements Decorator {
    static final String NAME = "x-gofeatureflag-version";

    private final List<Header> header;

    VersionHeader(String version) {
        header = List.of(Header.of(AsciiString.cached(NAME), version));
    }

    @Override
    public Set<String> owns() {
        return Set.of(NAME);
    }

    @Override
    public List<Header> headersFor(Head head) {
        return head.isOptions() ? List.of() : header;
    }
}
