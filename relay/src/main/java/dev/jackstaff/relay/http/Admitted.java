package dev.jackstaff.relay.http;

/// A request that may ask something. Only [Pipeline#admit] makes one. Immutable.
final class Admitted {
    private final Head head;
    private final Area area;

    Admitted(Head head, Area area) {
        this.head = head;
        this.area = area;
    }

    Head head() {
        return head;
    }

    Area area() {
        return area;
    }
}
