//! The door of the people who work at a business: the same at the desk and at the console.

mod model;
mod shell;
mod view;
mod word;

pub(crate) use view::Door;
