//! What a leg is to hear, in Twilio's markup.

use acd::{Hears, Words};
use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use shared::{Language, LegId};

/// Addresses that the markup names.
#[derive(Debug, Clone, Copy)]
pub struct Hooks<'a> {
    /// `https://…/v1/carriers/twilio/{site}/{equipment}`.
    pub base: &'a str,
    /// The leg that asks.
    pub leg: &'a LegId,
}

/// The language as Twilio's voices are called: most have one for each country, and Arabic a code of its own.
fn voice(language: &Language) -> &str {
    match language.as_str() {
        "ar" => "arb",
        "de" => "de-DE",
        "en" => "en-US",
        "es" => "es-ES",
        "fr" => "fr-FR",
        "ja" => "ja-JP",
        other => other,
    }
}

struct Markup(Writer<Vec<u8>>);

impl Markup {
    fn document(fill: impl FnOnce(&mut Self)) -> String {
        let mut markup = Self(Writer::new(Vec::new()));
        markup.element("Response", &[], fill);
        let body = String::from_utf8(markup.0.into_inner()).unwrap_or_default();
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>{body}")
    }

    /// Writing into memory can't fail.
    fn put(&mut self, event: Event<'_>) {
        drop(self.0.write_event(event));
    }

    fn element(&mut self, name: &str, attributes: &[(&str, &str)], fill: impl FnOnce(&mut Self)) {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.put(Event::Start(start));
        fill(self);
        self.put(Event::End(BytesEnd::new(name)));
    }

    fn text(&mut self, text: &str) {
        self.put(Event::Text(BytesText::new(text)));
    }

    fn say(&mut self, words: &Words) {
        match &words.audio {
            Some(address) => self.element("Play", &[], |markup| markup.text(address)),
            None => self.element("Say", &[("language", voice(&words.language))], |markup| {
                markup.text(&words.text);
            }),
        }
    }

    /// Joins the room of the request. Whoever of the two leaves it ends it for the other.
    fn room(&mut self, hooks: Hooks<'_>, room: &str, begins: bool) {
        let events = format!("{}/{}/room", hooks.base, hooks.leg);
        let attributes = [
            ("beep", "false"),
            ("startConferenceOnEnter", if begins { "true" } else { "false" }),
            ("endConferenceOnExit", "true"),
            ("participantLabel", hooks.leg.as_str()),
            ("statusCallback", events.as_str()),
            ("statusCallbackMethod", "POST"),
            ("statusCallbackEvent", "start end join leave"),
        ];
        self.element("Dial", &[], |markup| {
            markup.element("Conference", &attributes, |markup| markup.text(room));
        });
    }
}

/// The markup for a leg that has answered; `None` for one that has nothing to hear any more.
pub fn answer(hears: Option<&Hears>, hooks: Hooks<'_>, confirm_s: u32) -> String {
    let room = acd::request_of(hooks.leg)
        .map(|(request, ..)| request.to_string())
        .unwrap_or_default();
    Markup::document(|markup| match hears {
        Some(Hears::Question(words)) => {
            let (action, timeout) = (
                format!("{}/{}/digits", hooks.base, hooks.leg),
                confirm_s.to_string(),
            );
            let gather = [
                ("numDigits", "1"),
                ("method", "POST"),
                ("action", action.as_str()),
                ("timeout", timeout.as_str()),
            ];
            markup.element("Gather", &gather, |markup| markup.say(words));
            markup.element("Hangup", &[], |_| {});
        }
        Some(Hears::Hold(words)) => {
            markup.say(words);
            markup.room(hooks, &room, false);
        }
        Some(Hears::Other) => markup.room(hooks, &room, true),
        None => markup.element("Hangup", &[], |_| {}),
    })
}

/// Says something, then music until the other party is there.
pub fn hold(words: &Words, hooks: Hooks<'_>) -> String {
    answer(Some(&Hears::Hold(words.clone())), hooks, 0)
}

/// Says something and hangs up.
pub fn farewell(words: &Words) -> String {
    Markup::document(|markup| {
        markup.say(words);
        markup.element("Hangup", &[], |_| {});
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use acd::Phrase;

    fn words(text: &str) -> Words {
        Words {
            phrase: Phrase::Hold,
            text: text.into(),
            audio: None,
            language: Language::default(),
        }
    }

    fn of(hears: Option<&Hears>) -> String {
        let leg = LegId::parse("req_1.c1").unwrap();
        let hooks = Hooks {
            base: "https://edge.example/v1/carriers/twilio/meridian/hosted",
            leg: &leg,
        };
        answer(hears, hooks, 20)
    }

    #[test]
    fn the_customer_hears_the_sentence_and_then_waits_in_the_room() {
        assert_eq!(
            of(Some(&Hears::Hold(words("Hold for A & B <Travel>.")))),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Say language=\"en-US\">Hold for A &amp; B &lt;Travel&gt;.</Say><Dial><Conference beep=\"false\" \
             startConferenceOnEnter=\"false\" endConferenceOnExit=\"true\" participantLabel=\"req_1.c1\" \
             statusCallback=\"https://edge.example/v1/carriers/twilio/meridian/hosted/req_1.c1/room\" statusCallbackMethod=\"POST\" \
             statusCallbackEvent=\"start end join leave\">req_1</Conference></Dial></Response>"
        );
    }

    #[test]
    fn the_question_gathers_one_key_and_the_agent_opens_the_room() {
        let question = of(Some(&Hears::Question(words("Press 1."))));
        assert!(question.contains("<Gather numDigits=\"1\" method=\"POST\" action=\"https://edge.example/v1/carriers/twilio/meridian/hosted/req_1.c1/digits\" timeout=\"20\"><Say language=\"en-US\">Press 1.</Say></Gather><Hangup>"), "{question}");
        assert!(of(Some(&Hears::Other)).contains("startConferenceOnEnter=\"true\""));
        assert!(of(None).contains("<Response><Hangup></Hangup></Response>"));
        let own = Words {
            audio: Some("https://cdn.example/a.wav?x=1&y=2".into()),
            ..words("")
        };
        assert!(of(Some(&Hears::Hold(own))).contains("<Play>https://cdn.example/a.wav?x=1&amp;y=2</Play>"));
    }
}
