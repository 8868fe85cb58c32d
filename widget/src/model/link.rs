//! The live socket's life: wanted or not, open or lost, and when to try again.

/// The live socket as the model sees it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Link {
    /// Where it stands.
    pub state: LinkState,
    /// Tries in a row that failed.
    pub misses: u32,
    /// Whether anything came since the last ping.
    pub heard: bool,
}

/// Where the live socket stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LinkState {
    /// Not wanted.
    #[default]
    Off,
    /// Asked for.
    Connecting,
    /// Open.
    Open,
    /// Wanted, but lost; the next try has a time.
    Lost,
}

/// Milliseconds between pings. Proxies on the way drop connections that are silent for a minute.
pub const PING_MS: u32 = 25_000;

/// Milliseconds before the next try after so many failures. The browser's side adds chance, so that the customers of a
/// server that comes back do not come back all at once.
pub const fn back_off_ms(misses: u32) -> u32 {
    match misses {
        0 | 1 => 1_000,
        2 => 2_000,
        3 => 4_000,
        4 => 8_000,
        5 => 15_000,
        _ => 30_000,
    }
}

impl Link {
    /// True when news may be late, so that the customer should know.
    pub fn lost(&self) -> bool {
        self.misses > 0 && self.state != LinkState::Off
    }
}
