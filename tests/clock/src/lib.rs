//! A clock that tests can move. Preloaded into a program (`LD_PRELOAD`), it adds to every reading of the time an offset
//! that lies in a file shared with the test: eight bytes, little-endian, nanoseconds. The file is named by the environment
//! variable `RINGBACK_CLOCK`. Sleeps of the event loop are kept short, so that the program notices a jump at once instead
//! of when its next timer would have been due.
#![cfg(target_os = "linux")]
#![expect(
    unsafe_code,
    reason = "takes the place of functions of the C library, whose signatures are made of pointers"
)]

use std::ptr;
use std::sync::atomic::{AtomicI64, AtomicPtr, Ordering};

use libc::{c_int, c_void, clockid_t, epoll_event, sigset_t, time_t, timespec, timeval};

const NANOS_PER_SECOND: i64 = 1_000_000_000;
/// The longest sleep of an event loop, in milliseconds.
const LONGEST_SLEEP: c_int = 5;
/// What the kernel wants to hear about the size of a signal set.
const SIGNAL_SET_SIZE: usize = 8;

/// Where the offset is read while no file is mapped.
static STANDING_STILL: AtomicI64 = AtomicI64::new(0);
/// The mapped file, which is never unmapped.
static OFFSET: AtomicPtr<AtomicI64> = AtomicPtr::new(ptr::null_mut());

/// Maps the file before `main`; the loader calls this.
#[used]
#[unsafe(link_section = ".init_array")]
static AT_LOAD: extern "C" fn() = map_offset;

extern "C" fn map_offset() {
    // SAFETY: the name is a C string; `getenv` answers null or one, which `open` only reads. The mapping is checked
    // before use, is page-aligned and stays for ever.
    unsafe {
        let path = libc::getenv(c"RINGBACK_CLOCK".as_ptr());
        if path.is_null() {
            return;
        }
        let file = libc::open(path, libc::O_RDONLY | libc::O_CLOEXEC);
        if file < 0 {
            return;
        }
        let page = libc::mmap(
            ptr::null_mut(),
            size_of::<i64>(),
            libc::PROT_READ,
            libc::MAP_SHARED,
            file,
            0,
        );
        libc::close(file);
        if page != libc::MAP_FAILED {
            OFFSET.store(page.cast(), Ordering::Release);
        }
    }
}

fn offset() -> i64 {
    let mapped = OFFSET.load(Ordering::Acquire);
    // SAFETY: null, or the mapping above: eight aligned bytes that are only ever read here.
    let offset = unsafe { mapped.as_ref() }.unwrap_or(&STANDING_STILL);
    i64::from_le(offset.load(Ordering::Relaxed))
}

/// Whether a clock tells the time of day or the time since some start; the others measure work done.
fn moves(clock: clockid_t) -> bool {
    matches!(
        clock,
        libc::CLOCK_REALTIME
            | libc::CLOCK_REALTIME_COARSE
            | libc::CLOCK_MONOTONIC
            | libc::CLOCK_MONOTONIC_COARSE
            | libc::CLOCK_MONOTONIC_RAW
            | libc::CLOCK_BOOTTIME
    )
}

/// As the C library's.
///
/// # Safety
/// `now` points to a `timespec`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn clock_gettime(clock: clockid_t, now: *mut timespec) -> c_int {
    // SAFETY: the kernel checks the pointer and answers with an error where it is wrong.
    let answer = unsafe { libc::syscall(libc::SYS_clock_gettime, clock, now) };
    if answer != 0 {
        return -1;
    }
    // SAFETY: the kernel has just written there.
    if moves(clock)
        && let Some(now) = unsafe { now.as_mut() }
    {
        let nanos = now.tv_nsec + offset() % NANOS_PER_SECOND;
        now.tv_sec += offset() / NANOS_PER_SECOND + nanos.div_euclid(NANOS_PER_SECOND);
        now.tv_nsec = nanos.rem_euclid(NANOS_PER_SECOND);
    }
    0
}

fn today() -> timespec {
    let mut now = timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: a live `timespec`.
    unsafe { clock_gettime(libc::CLOCK_REALTIME, &raw mut now) };
    now
}

/// As the C library's.
///
/// # Safety
/// `now` is null or points to a `timeval`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gettimeofday(now: *mut timeval, _zone: *mut c_void) -> c_int {
    // SAFETY: the caller's promise.
    if let Some(now) = unsafe { now.as_mut() } {
        let time = today();
        *now = timeval {
            tv_sec: time.tv_sec,
            tv_usec: time.tv_nsec / 1000,
        };
    }
    0
}

/// As the C library's.
///
/// # Safety
/// `now` is null or points to a `time_t`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn time(now: *mut time_t) -> time_t {
    let seconds = today().tv_sec;
    // SAFETY: the caller's promise.
    if let Some(now) = unsafe { now.as_mut() } {
        *now = seconds;
    }
    seconds
}

/// A sleep that is at most [`LONGEST_SLEEP`]; endless ones are negative.
fn short(milliseconds: c_int) -> c_int {
    if milliseconds < 0 {
        LONGEST_SLEEP
    } else {
        milliseconds.min(LONGEST_SLEEP)
    }
}

/// As the C library's, but wakes soon.
///
/// # Safety
/// `events` has room for `room` events.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn epoll_wait(
    epoll: c_int,
    events: *mut epoll_event,
    room: c_int,
    sleep: c_int,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { epoll_pwait(epoll, events, room, sleep, ptr::null()) }
}

/// As the C library's, but wakes soon.
///
/// # Safety
/// `events` has room for `room` events; `mask` is null or points to a signal set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn epoll_pwait(
    epoll: c_int,
    events: *mut epoll_event,
    room: c_int,
    sleep: c_int,
    mask: *const sigset_t,
) -> c_int {
    // SAFETY: the kernel checks the pointers.
    let count = unsafe {
        libc::syscall(
            libc::SYS_epoll_pwait,
            epoll,
            events,
            room,
            short(sleep),
            mask,
            SIGNAL_SET_SIZE,
        )
    };
    c_int::try_from(count).unwrap_or(-1)
}

/// As the C library's, but wakes soon.
///
/// # Safety
/// `events` has room for `room` events; `sleep` is null or points to a `timespec`; `mask` is null or points to a signal
/// set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn epoll_pwait2(
    epoll: c_int,
    events: *mut epoll_event,
    room: c_int,
    sleep: *const timespec,
    mask: *const sigset_t,
) -> c_int {
    // SAFETY: the caller's promise.
    let sleep = unsafe { sleep.as_ref() }.map_or(LONGEST_SLEEP, |sleep| {
        let milliseconds = sleep
            .tv_sec
            .saturating_mul(1000)
            .saturating_add((sleep.tv_nsec + 999_999) / 1_000_000);
        c_int::try_from(milliseconds).unwrap_or(LONGEST_SLEEP)
    });
    // SAFETY: the caller's promise.
    unsafe { epoll_pwait(epoll, events, room, sleep, mask) }
}
