//! The cable between one person and the edge, which can be cut: connections through it stay open, and nothing comes through any more.

use crate::{Outcome, Stack};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

#[derive(Default)]
struct State {
    cut: AtomicBool,
    over: AtomicBool,
    /// What to close in the end.
    ends: Mutex<Vec<TcpStream>>,
}

/// A cable to a stack's port. Dropping it closes what goes through it.
pub struct Cable {
    port: u16,
    to: u16,
    state: Arc<State>,
}

/// Carries what one end says to the other, as long as the cable is whole; after that it is read and lost.
fn carry(state: &State, mut from: TcpStream, mut to: TcpStream) {
    let mut bytes = [0; 16 * 1024];
    while let Ok(count @ 1..) = from.read(&mut bytes) {
        let said = bytes.get(..count).unwrap_or_default();
        if !state.cut.load(Ordering::Acquire) && to.write_all(said).is_err() {
            break;
        }
    }
    // The end of a connection does not come through either.
    if !state.cut.load(Ordering::Acquire) {
        drop(to.shutdown(Shutdown::Both));
    }
}

fn join(state: &Arc<State>, near: &TcpStream, to: u16) -> Outcome {
    let far = TcpStream::connect((Ipv4Addr::LOCALHOST, to))?;
    let mut ends = state.ends.lock().unwrap_or_else(PoisonError::into_inner);
    ends.extend([near.try_clone()?, far.try_clone()?]);
    for (from, to) in [(near.try_clone()?, far.try_clone()?), (far, near.try_clone()?)] {
        let state = Arc::clone(state);
        thread::spawn(move || carry(&state, from, to));
    }
    Ok(())
}

impl Cable {
    /// Lays one to the edge.
    ///
    /// # Errors
    /// When there is no port for it.
    pub fn to_edge(stack: &Stack) -> Outcome<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let (port, to) = (listener.local_addr()?.port(), stack.port());
        let state = Arc::new(State::default());
        let cable = Self {
            port,
            to,
            state: Arc::clone(&state),
        };
        thread::spawn(move || {
            for near in listener.incoming().flatten() {
                if state.over.load(Ordering::Acquire) {
                    break;
                }
                drop(join(&state, &near, to));
            }
        });
        Ok(cable)
    }

    /// Has a browser go through it: a flag of Chromium's.
    pub fn flag(&self) -> String {
        format!(
            "--host-resolver-rules=MAP 127.0.0.1:{} 127.0.0.1:{}",
            self.to, self.port
        )
    }

    /// Cuts it: nothing comes through from now on, and nobody is told.
    pub fn cut(&self) {
        self.state.cut.store(true, Ordering::Release);
    }

    /// How many connections went through it.
    pub fn carried(&self) -> usize {
        let ends = self.state.ends.lock().unwrap_or_else(PoisonError::into_inner);
        ends.len() / 2
    }
}

impl Drop for Cable {
    fn drop(&mut self) {
        self.state.over.store(true, Ordering::Release);
        // It listens until somebody comes.
        drop(TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)));
        let ends = self.state.ends.lock().unwrap_or_else(PoisonError::into_inner);
        for end in &*ends {
            drop(end.shutdown(Shutdown::Both));
        }
    }
}
