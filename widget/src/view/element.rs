//! Elements of the page that follow the model.
//!
//! Leptos's signals and effects (`reactive_graph`), without its `view!`: that makes a type of every element with all that
//! is in it, and code to build, rebuild, mount and unmount each of those types. Measured in brotli, the panel's hundred
//! elements were 106 kB that way (98 kB with `erase_components`); one small piece of code that serves them all makes it 63, and without panic texts 55.

use crate::browser::{Panel, written};
use crate::model::{Model, Msg};
use crate::word::Say;
use reactive_graph::effect::RenderEffect;
use reactive_graph::graph::untrack;
use reactive_graph::owner::{Owner, StoredValue};
use std::cell::RefCell;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, Event};

/// An element, and the panel whose model it follows.
#[derive(Clone)]
pub(crate) struct El {
    node: Element,
    panel: Panel,
}

/// What an element shows of the model.
type Part = Box<dyn Fn(&Model) -> Option<String>>;
type Words = Box<dyn Fn(&Model) -> Option<Say>>;

/// Where an element shows it.
#[derive(Clone, Copy)]
enum Place {
    Text,
    Attribute(&'static str),
    Property(&'static str),
}

impl Panel {
    /// A new element. `tag` is one of HTML's.
    pub(super) fn el(self, tag: &'static str) -> El {
        let node = document().and_then(|document| document.create_element(tag).ok());
        // A browser that makes no element has no panel: the value is never looked at.
        let node = node.unwrap_or_else(|| JsValue::UNDEFINED.unchecked_into());
        El { node, panel: self }
    }

    /// Puts an element into the page, for as long as the program runs.
    pub(super) fn show(self, draw: fn(Self) -> El) {
        // It fails only when effects run already.
        drop(any_spawner::Executor::init_wasm_bindgen());
        let owner = Owner::new();
        if let Some(body) = document().and_then(|document| document.body()) {
            drop(body.append_child(&owner.with(|| draw(self)).node));
        }
        std::mem::forget(owner);
    }
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

impl El {
    #[inline(never)]
    pub(super) fn id(self, id: &str) -> Self {
        self.attr("id", id)
    }

    #[inline(never)]
    pub(super) fn class(self, class: &str) -> Self {
        self.attr("class", class)
    }

    #[inline(never)]
    pub(super) fn attr(self, name: &'static str, value: &str) -> Self {
        // It fails for ill-formed names only, and ours are written in this program.
        drop(self.node.set_attribute(name, value));
        self
    }

    #[inline(never)]
    pub(super) fn text(self, words: &str) -> Self {
        self.node.set_text_content(Some(words));
        self
    }

    /// One of our messages.
    #[inline(never)]
    pub(super) fn say(self, words: &Say) -> Self {
        self.text(&written(words))
    }

    /// An attribute that is one of our messages.
    pub(super) fn attr_say(self, name: &'static str, words: &Say) -> Self {
        self.attr(name, &written(words))
    }

    #[inline(never)]
    pub(super) fn inside(self, children: &[Self]) -> Self {
        for child in children {
            drop(self.node.append_child(&child.node));
        }
        self
    }

    /// Words that follow the model.
    pub(super) fn text_of(self, part: impl Fn(&Model) -> Option<String> + 'static) -> Self {
        self.follow(Place::Text, Box::new(part))
    }

    /// One of our messages, as the model wants it.
    pub(super) fn say_of(self, part: impl Fn(&Model) -> Option<Say> + 'static) -> Self {
        self.follow_words(Box::new(part))
    }

    /// An attribute that follows the model; `None` takes it away.
    pub(super) fn attr_of(
        self,
        name: &'static str,
        part: impl Fn(&Model) -> Option<String> + 'static,
    ) -> Self {
        self.follow(Place::Attribute(name), Box::new(part))
    }

    /// An attribute that is there or not.
    pub(super) fn attr_if(self, name: &'static str, part: impl Fn(&Model) -> bool + 'static) -> Self {
        self.follow(
            Place::Attribute(name),
            Box::new(move |model| part(model).then(String::new)),
        )
    }

    pub(super) fn hidden_if(self, part: impl Fn(&Model) -> bool + 'static) -> Self {
        self.attr_if("hidden", part)
    }

    /// What is typed into a control.
    pub(super) fn value_of(self, part: impl Fn(&Model) -> Option<String> + 'static) -> Self {
        self.follow(Place::Property("value"), Box::new(part))
    }

    /// Whether a radio button or a checkbox is on.
    pub(super) fn checked_if(self, part: impl Fn(&Model) -> bool + 'static) -> Self {
        self.follow(
            Place::Property("checked"),
            Box::new(move |model| part(model).then(String::new)),
        )
    }

    /// What an event makes happen; its control's value and whether it is checked come along.
    pub(super) fn on(self, event: &'static str, msg: impl Fn(Event) -> Msg + 'static) -> Self {
        let panel = self.panel;
        self.listen(event, Box::new(move |event| panel.send(msg(event))))
    }

    pub(super) fn on_click(self, msg: impl Fn() -> Msg + 'static) -> Self {
        self.on("click", move |_| msg())
    }

    /// Children that are made anew when `key` changes, and only then: no control is replaced while somebody uses it.
    pub(super) fn region<K: PartialEq + 'static>(
        self,
        key: impl Fn(&Model) -> K + 'static,
        make: impl Fn(Panel, &K) -> Vec<Self> + 'static,
    ) -> Self {
        let (panel, life, shown) = (self.panel, Life::new(), RefCell::new(None));
        self.remake(Box::new(move || {
            let now = panel.read(&key);
            if shown.borrow().as_ref() == Some(&now) {
                return None;
            }
            let children = life.renew(|| make(panel, &now));
            shown.replace(Some(now));
            Some(children)
        }))
    }

    #[inline(never)]
    fn remake(self, make: Box<dyn Fn() -> Option<Vec<Self>>>) -> Self {
        let node = self.node.clone();
        keep(Box::new(move || {
            let Some(children) = make() else { return };
            node.set_text_content(None);
            for child in children {
                drop(node.append_child(&child.node));
            }
        }));
        self
    }

    #[inline(never)]
    fn follow_words(self, part: Words) -> Self {
        self.follow(Place::Text, Box::new(move |model| Some(written(&part(model)?))))
    }

    #[inline(never)]
    fn follow(self, place: Place, part: Part) -> Self {
        let (panel, node) = (self.panel, self.node.clone());
        let shown = RefCell::new(None);
        keep(Box::new(move || {
            let now = panel.read(&part);
            if shown.borrow().as_ref() != Some(&now) {
                place.show(&node, now.as_deref());
                shown.replace(Some(now));
            }
        }));
        self
    }

    #[inline(never)]
    fn listen(self, event: &'static str, then: Box<dyn Fn(Event)>) -> Self {
        let then = Closure::wrap(then).into_js_value();
        drop(
            self.node
                .add_event_listener_with_callback(event, then.unchecked_ref()),
        );
        self
    }
}

impl Place {
    fn show(self, node: &Element, value: Option<&str>) {
        match (self, value) {
            (Self::Text, words) => node.set_text_content(words),
            (Self::Attribute(name), Some(value)) => drop(node.set_attribute(name, value)),
            (Self::Attribute(name), None) => drop(node.remove_attribute(name)),
            (Self::Property(name), value) => {
                let value = if name == "checked" {
                    value.is_some().into()
                } else {
                    value.unwrap_or_default().into()
                };
                drop(js_sys::Reflect::set(node, &JsValue::from_str(name), &value));
            }
        }
    }
}

/// How long the effects of a region's children live: until the children are made anew, or the region itself goes.
/// Not the region's own effect's life, which is renewed also when nothing changed.
struct Life {
    parent: Owner,
    now: RefCell<Owner>,
}

impl Life {
    fn new() -> Self {
        let parent = Owner::current().unwrap_or_default();
        Self {
            now: RefCell::new(parent.child()),
            parent,
        }
    }

    fn renew<T>(&self, make: impl FnOnce() -> T) -> T {
        let next = self.parent.child();
        self.now.replace(next.clone()).cleanup();
        next.with(|| untrack(make))
    }
}

/// Runs now and whenever what it read changes, for as long as the part of the page lives that is being drawn.
fn keep(run: Box<dyn Fn()>) {
    StoredValue::new_local(RenderEffect::new(move |_| run()));
}
