package dev.jackstaff.relay.http;

/// A handler that can wait, for a store or a disk. It runs on a worker of its [Offload], never on an event loop.
///
/// It returns a value and holds nothing that leads to the connection. A result that comes too late is dropped and counted,
/// an exception costs this request a 500 and nothing else. Whatever it waits for it waits for no longer than
/// [Waiting#left], because the permit it holds comes back only when it ends.
@FunctionalInterface
public interface OffloadedHandler<C> {
    Response handle(C call, Waiting waiting);
}
