//! The commands, a file each.

pub(crate) mod bench;
pub(crate) mod chaos;
pub(crate) mod contract;
pub(crate) mod fuzz;
pub(crate) mod kills;
pub(crate) mod phones;
pub(crate) mod screenshots;
pub(crate) mod serve;
pub(crate) mod simulate;
pub(crate) mod sizes;
pub(crate) mod start;
pub(crate) mod test;
