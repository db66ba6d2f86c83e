package dev.jackstaff.verify.museum;

/// Flags that are kept current by polls, as exhibits about sources see them.
interface Polled {

    /// Lets one interval pass.
    void poll();

    /// The variation of a flag that everybody gets now.
    String variation(String flag);
}
