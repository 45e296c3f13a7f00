//! A stack that is large enough whoever calls.

use std::{io, panic, thread};

/// What a document of 128 levels at most needs, twice over, where nothing is optimised: a YAML parser takes some 25 KiB for a
/// level, and a parser of Rust some 60 KiB for a level of the types that are made of it. A test or an async runtime gives its
/// threads 2 MiB. Only what is used of it becomes memory.
const STACK_BYTES: usize = 32 << 20;

/// Runs `read` on a stack of its own and hands on what it returns.
///
/// # Errors
///
/// When no thread can be started.
pub fn with_large_stack<T: Send>(read: impl FnOnce() -> T + Send) -> io::Result<T> {
    thread::scope(|scope| {
        let thread = thread::Builder::new()
            .stack_size(STACK_BYTES)
            .spawn_scoped(scope, read)?;
        Ok(thread
            .join()
            .unwrap_or_else(|panic| panic::resume_unwind(panic)))
    })
}
