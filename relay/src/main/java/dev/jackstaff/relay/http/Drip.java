package dev.jackstaff.relay.http;

/// Tells when a connection had better be read that brings a message of HTTP/1 in drips: now and then, and not at each of them. To be
/// read costs the loop the same however little has come, so without this the sender would say how often the loop is kept from others.
/// Meanwhile the bytes wait in the system's buffers.
///
/// A message drips when it was under way at two looks in a row and brought little in between, but something. Then it rests. It is
/// read at every fourth look, and as usual again when it is whole or more has come. So nobody waits who sends a message within one
/// look, in however many pieces, or whose next piece is long in coming. For one event loop.
final class Drip {
    /// Bytes between two looks.
    private static final int LITTLE = 512;

    private static final int LOOKS = 4;

    private long message; // the number of the one that is under way
    private long came; // bytes
    private long messageSeen = -1, cameSeen; // at the last look
    private boolean rests;
    private int looks; // since it rests
    private long readAt; // before that all has been read

    /// The head of a message is whole: its body is another one.
    void begins() {
        message++;
    }

    void came(int bytes) {
        came += bytes;
    }

    boolean rests() {
        return rests;
    }

    /// Bytes have come while it rested.
    ///
    /// @param underway whether a message is, still
    /// @return whether it rests on
    boolean restsOn(int bytes, boolean underway) {
        rests = underway && message == messageSeen && bytes < LITTLE * LOOKS;
        return rests;
    }

    /// To be asked at each look while it does not rest.
    ///
    /// @param underway whether a head or a body has begun and is not whole
    /// @return whether it rests from now on
    boolean beginsToRest(boolean underway, long now) {
        long brought = came - cameSeen;
        rests = underway && message == messageSeen && brought > 0 && brought < LITTLE;
        messageSeen = underway ? message : -1;
        cameSeen = came;
        looks = 0;
        readAt = now;
        return rests;
    }

    /// To be asked at each look while it rests.
    ///
    /// @return whether it is to be read now
    boolean isToBeRead(long now) {
        if (++looks % LOOKS != 0) return false;
        readAt = now;
        return true;
    }

    /// Up to when all has been read that had come, while it rests.
    long readAt() {
        return readAt;
    }
}
