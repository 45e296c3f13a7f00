//! CPU time, which other processes do not add to.
#![allow(unsafe_code, reason = "the standard library does not offer it")]

use std::mem::MaybeUninit;
use std::time::Duration;

/// Of this thread.
pub(crate) fn now() -> Duration {
    read(libc::CLOCK_THREAD_CPUTIME_ID)
}

/// Of this process.
pub(crate) fn of_process() -> Duration {
    read(libc::CLOCK_PROCESS_CPUTIME_ID)
}

fn read(clock: libc::clockid_t) -> Duration {
    let mut time = MaybeUninit::<libc::timespec>::uninit();
    // SAFETY: the pointer is valid for a `timespec`, which the call fills in if it returns 0.
    let time = unsafe {
        let code = libc::clock_gettime(clock, time.as_mut_ptr());
        assert_eq!(code, 0, "the system has no clock for CPU time");
        time.assume_init()
    };
    Duration::new(
        time.tv_sec.unsigned_abs(),
        u32::try_from(time.tv_nsec).unwrap_or_default(),
    )
}
