//! A stack that is large enough whoever calls.

use std::cell::Cell;
use std::{io, panic, thread};

/// What a document of 128 levels at most needs, twice over, where nothing is optimised: a YAML parser takes some 25 KiB for a
/// level, and a parser of Rust some 60 KiB for a level of the types that are made of it. A test or an async runtime gives its
/// threads 2 MiB. Only what is used of it becomes memory.
const STACK_BYTES: usize = 32 << 20;

thread_local! {
    /// Whether this thread has such a stack. A second one would also have memory of its own, and what is freed in one thread is
    /// seldom used again in another: a generator would need both.
    static IS_LARGE: Cell<bool> = const { Cell::new(false) };
}

/// Runs `read` on a large stack and hands on what it returns: on this thread if it was started here, else on one of its own.
///
/// # Errors
///
/// When no thread can be started.
pub fn with_large_stack<T: Send>(read: impl FnOnce() -> T + Send) -> io::Result<T> {
    if IS_LARGE.get() {
        return Ok(read());
    }
    thread::scope(|scope| {
        let thread = thread::Builder::new()
            .stack_size(STACK_BYTES)
            .spawn_scoped(scope, || {
                IS_LARGE.set(true);
                read()
            })?;
        Ok(thread
            .join()
            .unwrap_or_else(|panic| panic::resume_unwind(panic)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_stack_is_made_once() {
        let nested = || {
            let outer = thread::current().id();
            with_large_stack(|| thread::current().id() == outer).unwrap()
        };
        assert!(!nested());
        assert!(with_large_stack(nested).unwrap());
        assert!(!nested());
    }
}
