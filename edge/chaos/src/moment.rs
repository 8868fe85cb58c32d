//! The moments at which the process dies, or a transaction fails: before each event, around each commit, after each effect.

use crate::world::World;

impl World {
    /// True where something fails now: with this probability, or because it is the one moment of the play.
    pub(crate) fn fails(&mut self, often: f64) -> bool {
        if !self.faulty() {
            return false;
        }
        self.tally.moments += 1;
        match self.crash_at {
            Some(at) => at == self.tally.moments,
            None => self.chance.happens(often),
        }
    }
}
