//! The form as text: the edge puts it into the panel's page, where it is seen and typed into while the program comes
//! (`widget/early.js` shows it and hands it over). The same model and the same view as in the browser; only what makes elements
//! and writes words is another.

pub(crate) mod element;
mod words;

pub(crate) use words::written;

use crate::model::{Model, Msg, Screen, update};
use crate::word;
use shared::presence::SiteView;
use shared::{Language, Millis};
use std::cell::RefCell;
use std::rc::Rc;
use words::Words;

/// A form as HTML, and the language and the direction in which it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// One of our languages.
    pub language: &'static str,
    /// `ltr` or `rtl`.
    pub direction: String,
    /// A `main` element.
    pub html: String,
}

thread_local! {
    /// What is being drawn: elements are made by small functions that are given a [`Panel`] of no size.
    static MODEL: RefCell<Rc<Model>> = RefCell::default();
    /// What it is written with.
    static WORDS: RefCell<Option<Rc<Words>>> = const { RefCell::new(None) };
}

/// Draws the form as somebody sees it who was never here, on a page that says nothing of itself. `None` where the language is none
/// of ours.
pub fn form(site: SiteView, language: &str, now: Millis) -> Option<Form> {
    let words = Words::of(language)?;
    let mut model = Model::default();
    let start = Msg::Start {
        kept: None,
        ticket: None,
        framed: true,
        speaks: true,
    };
    let shown = Language::parse(words.language()).ok();
    for event in [
        start,
        Msg::Language {
            wished: shown.clone(),
            shown,
        },
        Msg::Site(Ok(site)),
    ] {
        // What is to be done is for the program.
        drop(update(&mut model, now, event));
    }
    if model.screen() != Screen::Form {
        return None;
    }
    let (language, direction) = (words.language(), words.say(&word::DIRECTION));
    MODEL.set(Rc::new(model));
    WORDS.set(Some(words));
    let html = crate::view::root(Panel).html();
    MODEL.take();
    WORDS.take();
    Some(Form {
        language,
        direction,
        html,
    })
}

/// The handle of what is being drawn; in the browser it is that of the running panel.
#[derive(Clone, Copy)]
pub(crate) struct Panel;

impl Panel {
    /// Reads something of the model.
    pub(crate) fn peek<T>(self, part: impl FnOnce(&Model) -> T) -> T {
        part(&MODEL.with_borrow(Rc::clone))
    }

    /// Writes times.
    pub(crate) fn writer(self) -> words::Writer {
        words::Writer
    }

    /// Nothing is sent from here.
    pub(crate) fn fresh_key() -> String {
        String::new()
    }
}
