//! A stack that is large enough whoever calls.

use std::{io, panic, thread};

/// What reading at most needs, twice over: an unoptimised YAML parser takes some 25 KiB for each of 128 levels, which is more
/// than the 2 MiB that a test or an async runtime gives its threads.
const STACK_BYTES: usize = 16 << 20;

/// Runs `read` on a stack of its own and hands on what it returns.
pub(crate) fn with_room<T: Send>(read: impl FnOnce() -> T + Send) -> io::Result<T> {
    thread::scope(|scope| {
        let thread = thread::Builder::new()
            .stack_size(STACK_BYTES)
            .spawn_scoped(scope, read)?;
        Ok(thread
            .join()
            .unwrap_or_else(|panic| panic::resume_unwind(panic)))
    })
}
