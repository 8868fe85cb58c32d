//! The desk and the phones.
