//! Elements as text, made by the same calls as those of the browser (`view/element.rs`).

use super::{Panel, written};
use crate::model::{Model, Msg};
use crate::word::Say;
use web_sys::Event;

/// Elements of the panel that have neither content nor an end.
const VOID: &str = "input";

/// An element, and the panel whose model it shows.
#[derive(Clone)]
pub(crate) struct El {
    tag: &'static str,
    attributes: Vec<(&'static str, String)>,
    /// HTML.
    content: String,
    panel: Panel,
}

impl Panel {
    /// A new element. `tag` is one of HTML's.
    pub(crate) fn el(self, tag: &'static str) -> El {
        El {
            tag,
            attributes: Vec::new(),
            content: String::new(),
            panel: self,
        }
    }
}

impl El {
    /// As HTML.
    pub(crate) fn html(&self) -> String {
        let mut html = format!("<{}", self.tag);
        for (name, value) in &self.attributes {
            html.push(' ');
            html.push_str(name);
            if !value.is_empty() {
                html.push_str("=\"");
                html.push_str(&escaped(value));
                html.push('"');
            }
        }
        html.push('>');
        if self.tag != VOID {
            html.push_str(&self.content);
            html.push_str("</");
            html.push_str(self.tag);
            html.push('>');
        }
        html
    }

    pub(crate) fn id(self, id: &str) -> Self {
        self.attr("id", id)
    }

    pub(crate) fn class(self, class: &str) -> Self {
        self.attr("class", class)
    }

    pub(crate) fn attr(mut self, name: &'static str, value: &str) -> Self {
        self.attributes.retain(|(known, _)| *known != name);
        self.attributes.push((name, value.to_owned()));
        self
    }

    pub(crate) fn text(mut self, words: &str) -> Self {
        self.content = escaped(words);
        self
    }

    pub(crate) fn say(self, words: &Say) -> Self {
        self.text(&written(words))
    }

    pub(crate) fn attr_say(self, name: &'static str, words: &Say) -> Self {
        self.attr(name, &written(words))
    }

    pub(crate) fn inside(mut self, children: &[Self]) -> Self {
        for child in children {
            self.content.push_str(&child.html());
        }
        self
    }

    pub(crate) fn text_of(self, part: impl Fn(&Model) -> Option<String> + 'static) -> Self {
        let words = self.panel.peek(part).unwrap_or_default();
        self.text(&words)
    }

    pub(crate) fn say_of(self, part: impl Fn(&Model) -> Option<Say> + 'static) -> Self {
        let words = self.panel.peek(part);
        self.text(&words.as_ref().map(written).unwrap_or_default())
    }

    pub(crate) fn attr_of(
        self,
        name: &'static str,
        part: impl Fn(&Model) -> Option<String> + 'static,
    ) -> Self {
        match self.panel.peek(part) {
            Some(value) => self.attr(name, &value),
            None => self,
        }
    }

    pub(crate) fn attr_if(self, name: &'static str, part: impl Fn(&Model) -> bool + 'static) -> Self {
        self.attr_of(name, move |model| part(model).then(String::new))
    }

    pub(crate) fn hidden_if(self, part: impl Fn(&Model) -> bool + 'static) -> Self {
        self.attr_if("hidden", part)
    }

    /// What stands in a control that nobody has touched is empty.
    pub(crate) fn value_of(self, _: impl Fn(&Model) -> Option<String> + 'static) -> Self {
        self
    }

    pub(crate) fn checked_if(self, part: impl Fn(&Model) -> bool + 'static) -> Self {
        self.attr_if("checked", part)
    }

    /// Nothing happens here.
    pub(crate) fn on(self, _: &'static str, _: impl Fn(Event) -> Msg + 'static) -> Self {
        self
    }

    pub(crate) fn on_click(self, _: impl Fn() -> Msg + 'static) -> Self {
        self
    }

    pub(crate) fn region<K: PartialEq + 'static>(
        self,
        key: impl Fn(&Model) -> K + 'static,
        make: impl Fn(Panel, &K) -> Vec<Self> + 'static,
    ) -> Self {
        let panel = self.panel;
        let key = panel.peek(key);
        self.inside(&make(panel, &key))
    }
}

fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for it in text.chars() {
        match it {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            it => html.push(it),
        }
    }
    html
}
