//! An allocator that counts for each thread.
#![allow(unsafe_code, reason = "an allocator cannot be written without")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::ops::Sub;

struct Counting;

/// What a thread has done so far, or did between two moments.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Allocations {
    /// Reallocations too.
    pub(crate) count: u64,
    /// Asked for; nothing is taken off when they are given back.
    pub(crate) bytes: u64,
    pub(crate) freed: u64,
}

impl Sub for Allocations {
    type Output = Self;

    fn sub(self, before: Self) -> Self {
        Self {
            count: self.count - before.count,
            bytes: self.bytes - before.bytes,
            freed: self.freed - before.freed,
        }
    }
}

thread_local! {
    static SO_FAR: Cell<Allocations> = const { Cell::new(Allocations { count: 0, bytes: 0, freed: 0 }) };
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

// SAFETY: the system's allocator does the work, with the arguments as they came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        add(1, layout.size(), 0);
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        add(1, layout.size(), 0);
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        add(1, size, layout.size());
        unsafe { System.realloc(pointer, layout, size) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        add(0, 0, layout.size());
        unsafe { System.dealloc(pointer, layout) }
    }
}

fn add(count: u64, bytes: usize, freed: usize) {
    // While a thread ends there is nothing left to count in.
    let _ = SO_FAR.try_with(|so_far| {
        let mut sum = so_far.get();
        sum.count += count;
        sum.bytes += bytes as u64;
        sum.freed += freed as u64;
        so_far.set(sum);
    });
}

/// What this thread has allocated.
pub(crate) fn so_far() -> Allocations {
    SO_FAR.get()
}

/// The allocations and reallocations that `work` makes on this thread.
pub(crate) fn of(work: impl FnOnce()) -> u64 {
    let before = so_far();
    work();
    (so_far() - before).count
}
