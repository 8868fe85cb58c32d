//! Counts the bytes on the heap.
#![expect(unsafe_code, reason = "an allocator is made of pointers")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

static LIVE: AtomicUsize = AtomicUsize::new(0);

/// Bytes that were asked for and not given back.
pub(crate) fn live() -> usize {
    LIVE.load(Ordering::Relaxed)
}

/// Load and store instead of an atomic addition, which would cost more than what is timed: only one thread allocates.
fn count(change: impl FnOnce(usize) -> usize) {
    LIVE.store(change(LIVE.load(Ordering::Relaxed)), Ordering::Relaxed);
}

/// The system's allocator, counted.
pub(crate) struct Counting;

// SAFETY: everything is passed on unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(|live| live.wrapping_add(layout.size()));
        // SAFETY: as the caller promised.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        count(|live| live.wrapping_sub(layout.size()));
        // SAFETY: as the caller promised.
        unsafe { System.dealloc(at, layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(|live| live.wrapping_add(layout.size()));
        // SAFETY: as the caller promised.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(|live| live.wrapping_add(size).wrapping_sub(layout.size()));
        // SAFETY: as the caller promised.
        unsafe { System.realloc(at, layout, size) }
    }
}
