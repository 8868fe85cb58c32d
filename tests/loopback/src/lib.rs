//! Keeps a program's sockets on loopback. Preloaded (`LD_PRELOAD`), it makes every `bind` to all addresses a `bind` to the
//! loopback address: Asterisk's DNS resolver opens such sockets, and no setting says otherwise.
#![cfg(target_os = "linux")]
#![expect(
    unsafe_code,
    reason = "takes the place of a function of the C library, whose signature is made of pointers"
)]

use libc::{c_int, c_long, in6_addr, sockaddr, sockaddr_in, sockaddr_in6, socklen_t};

const LOOPBACK_V4: u32 = 0x7f00_0001;
const LOOPBACK_V6: [u8; 16] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];

fn call(socket: c_int, address: *const sockaddr, length: socklen_t) -> c_int {
    // SAFETY: the kernel checks what the pointer points to, and answers with an error where it is wrong.
    let answer: c_long = unsafe { libc::syscall(libc::SYS_bind, socket, address, length) };
    if answer == 0 { 0 } else { -1 }
}

/// As the C library's, except for the address that means all.
///
/// # Safety
/// `address` points to `length` bytes of a socket address.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bind(socket: c_int, address: *const sockaddr, length: socklen_t) -> c_int {
    // SAFETY: null, or an address that the caller vouches for.
    let Some(family) = (unsafe { address.as_ref() }).map(|address| c_int::from(address.sa_family)) else {
        return call(socket, address, length);
    };
    let holds = |size: usize| usize::try_from(length).is_ok_and(|length| length >= size);
    if family == libc::AF_INET && holds(size_of::<sockaddr_in>()) {
        // SAFETY: the family and the length say that it is one; it may not be aligned as one.
        let mut own = unsafe { address.cast::<sockaddr_in>().read_unaligned() };
        if own.sin_addr.s_addr == libc::INADDR_ANY {
            own.sin_addr.s_addr = LOOPBACK_V4.to_be();
            return call(socket, (&raw const own).cast(), length);
        }
    }
    if family == libc::AF_INET6 && holds(size_of::<sockaddr_in6>()) {
        // SAFETY: as above.
        let mut own = unsafe { address.cast::<sockaddr_in6>().read_unaligned() };
        if own.sin6_addr.s6_addr == [0; 16] {
            own.sin6_addr = in6_addr { s6_addr: LOOPBACK_V6 };
            return call(socket, (&raw const own).cast(), length);
        }
    }
    call(socket, address, length)
}
