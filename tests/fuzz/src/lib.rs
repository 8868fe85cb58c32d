//! Parsers that strangers reach, and what must hold of whatever they take. The edge's own modules are compiled in as they are.

use access::passkey::{Assertion, Kept, Party, Registration};
use access::sign_on;
use access::signature::{Bytes, PublicKey};
use acd::talk::{clean, hear, Said};
use acd::{Acd, Config, Input, Rows};
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::bridge::BridgeRequest;
use shared::business::Business;
use shared::limit::MAX_SIGNAL_BYTES;
use shared::look::Colour;
use shared::member::Email;
use shared::request::CallRequest;
use shared::rule::PageFacts;
use shared::secret::Scopes;
use shared::sip::Publication;
use shared::talk::Say;
use shared::voice::VoiceSaid;
use shared::{Address, AgentId, Country, Language, LegId, Millis, PhoneNumber, SipDomain, SiteId};
use std::fmt::Debug;
use std::sync::OnceLock;
use telephony::asterisk;
use telephony::secret::SecretText;
use telephony::twilio::callback::{self, About};

/// What the edge's modules take for an answer.
mod answer {
    pub(crate) use shared::problem::Problem as Stop;
}
#[path = "../../../edge/src/fault.rs"]
#[expect(dead_code, reason = "the worker uses more of it")]
mod fault;
#[path = "../../../edge/src/identity.rs"]
mod identity;
#[path = "../../../edge/src/number/plan.rs"]
mod plan;
#[path = "../../../edge/src/page/query.rs"]
mod query;

/// When everything happens.
const NOW: Millis = Millis(1_700_000_000_000);

/// What is taken from JSON says the same when it is written and read again.
fn comes_back<T: DeserializeOwned + Serialize>(value: &T) -> T {
    let text = serde_json::to_string(value).expect("what was read can be written");
    let again: T = serde_json::from_str(&text).expect("what was written can be read");
    assert_eq!(serde_json::to_string(&again).expect("and written"), text);
    again
}

/// The body of `POST …/requests`.
pub fn request(text: &str) {
    if let Ok(request) = serde_json::from_str::<CallRequest>(text) {
        comes_back(&request);
        let _ = request.faults();
        let _ = request.addresses().count();
    }
}

/// The body of `POST /v1/bridges`.
pub fn bridge(text: &str) {
    if let Ok(bridge) = serde_json::from_str::<BridgeRequest>(text) {
        let _ = bridge.faults();
    }
}

/// A business's document, and a page that its rules are asked about.
pub fn document(text: &str) {
    let (document, page) = text.split_once('\n').unwrap_or((text, ""));
    let business = match serde_json::from_str::<Business>(document) {
        Ok(business) => comes_back(&business),
        Err(_) => {
            let Ok(value @ serde_json::Value::Object(_)) = serde_json::from_str(document) else {
                return;
            };
            let faulty = fault::all::<Business>(value);
            let Some(rest) = faulty.rest else { return };
            rest
        }
    };
    let page = PageFacts {
        url: page.to_owned(),
        ..PageFacts::default()
    };
    let _ = acd::page::place(&business.rules, &page);
    if let Ok(site) = SiteId::parse("meridian") {
        drop(Config::new(site, business));
    }
}

/// Words that name something: whatever is taken is taken again as it is written, and stays itself.
pub fn words(text: &str) {
    fn same<T: PartialEq + Debug, E>(text: &str, parse: fn(&str) -> Result<T, E>, written: fn(&T) -> String) {
        if let Ok(it) = parse(text) {
            assert_eq!(parse(&written(&it)).ok(), Some(it), "{text:?}");
        }
    }
    same(text, PhoneNumber::parse, |it| it.as_str().to_owned());
    same(text, SipDomain::parse, |it| it.as_str().to_owned());
    same(text, Language::parse, |it| it.as_str().to_owned());
    same(text, Country::parse, |it| it.as_str().to_owned());
    same(text, AgentId::parse, |it| it.as_str().to_owned());
    same(text, Email::parse, |it| it.as_str().to_owned());
    let _ = Colour::parse(text);
}

/// A number as somebody types it. What is read is dialled: it reads back as itself.
pub fn number(text: &str) {
    for (here, home) in [("", ""), ("GB", ""), ("DE", "US"), ("IT", "FR")] {
        let country = |code| Country::parse(code).ok();
        if let Ok(view) = plan::read(text, country(here), country(home)) {
            let again = plan::read(view.phone.as_str(), None, None);
            assert_eq!(again.map(|it| it.phone), Ok(view.phone), "{text:?}");
        }
    }
}

/// A number or a SIP address, which a PBX is given inside a dial string: nothing in it ends that, and each has one line.
pub fn address(text: &str) {
    let Ok(address) = Address::parse(text) else { return };
    let written = address.as_str();
    assert_eq!(Address::parse(written).as_ref(), Ok(&address), "{text:?}");
    let plain = |c: char| c.is_ascii_alphanumeric() || "+-_.~:@".contains(c);
    assert!(written.chars().all(plain), "{text:?}");
    let line = address.line();
    assert_eq!(Address::parse(&line).map(|it| it.line()), Ok(line), "{text:?}");
    assert!(!address.masked().is_empty() && !address.neighbourhood().is_empty());
}

/// A customer's token, unsigned: nobody is believed, whatever it says.
pub fn token(text: &str) {
    let secrets = [identity::Secret {
        id: "key".into(),
        text: "a secret that no fuzzer knows".into(),
        scopes: Scopes::all(),
    }];
    if let Ok(site) = SiteId::parse("meridian") {
        assert!(identity::verify(text, &secrets, &site, NOW).is_err());
    }
    // A secret in its place is told apart.
    assert_eq!(SecretText::sent(text).is_some(), text.starts_with("rbs_"));
}

/// What a browser says of a passkey that was made, and of one that signs: nobody has this one's secret.
pub fn passkey(text: &str) {
    let Some(party) = Party::at("https://edge.example") else {
        return;
    };
    if let Ok(made) = serde_json::from_str::<Registration>(text)
        && let Ok(challenge) = made.challenge()
        && let Ok((_, kept)) = made.check(&party, &challenge)
    {
        assert!(kept.key.is_sound());
        comes_back(&kept.key);
    }
    if let Ok(signed) = serde_json::from_str::<Assertion>(text)
        && let Ok(challenge) = signed.challenge()
    {
        let kept = Kept {
            key: PublicKey::EdDsa {
                x: Bytes(vec![0x58; 32]),
            },
            counter: 0,
            synced: false,
        };
        assert!(signed.check(&party, &challenge, "AA", &kept).is_err());
    }
}

/// A token of a company's sign-in, signed by nobody: nobody is believed, whatever it says.
pub fn id_token(text: &str) {
    let expected = sign_on::Expected {
        issuer: "https://login.example",
        client_id: "ringback",
        nonce: "n",
        now: NOW,
    };
    let keys = r#"{"keys": [{"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"},
        {"kty": "EC", "crv": "P-256", "kid": "ec", "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}"#;
    if let Ok(keys) = sign_on::Keys::read(keys) {
        assert!(sign_on::verify(text, &keys, &expected).is_err());
    }
    drop(sign_on::Keys::read(text));
    drop(sign_on::Provider::read("https://login.example", text));
}

/// What a page says of itself in an address.
pub fn query(text: &str) {
    if let Ok(url) = worker::Url::parse(&format!("https://edge.example/v1/sites/meridian?{text}")) {
        drop(query::asked(&url));
    }
}

/// Where a webhook is to go.
pub fn target(text: &str) {
    for demo in [false, true] {
        let _ = webhook::target::check(text, demo);
    }
}

/// What Twilio posts.
pub fn twilio(text: &str) {
    if let Ok(leg) = LegId::parse("req_1.c1") {
        for about in [About::Voice, About::Digits, About::Status, About::Room] {
            drop(callback::read(about, &leg, text));
        }
    }
}

/// What an Asterisk sends over its socket.
pub fn asterisk(text: &str) {
    let _ = asterisk::hear(text);
    let _ = asterisk::Tag::parse(text);
    drop(asterisk::answer(text));
}

/// What customer or agent say through a talk's socket: what is kept is clean, and stays what it is.
pub fn say(text: &str) {
    let Ok(say) = serde_json::from_str::<Say>(text) else { return };
    comes_back(&say);
    if let Ok(kept) = hear(&say, Said::default()) {
        assert_eq!(clean(&kept), kept);
        assert!(!kept.is_empty() && !kept.chars().any(|it| it.is_control() && it != '\n'));
    }
}

/// What a SIP server tells of phones, news after news, a line each: whatever it is, the engine goes on, and is the same after a restart.
pub fn publication(text: &str) {
    static ENGINE: OnceLock<Option<Acd>> = OnceLock::new();
    let fresh = ENGINE.get_or_init(|| {
        let business = serde_json::from_str(include_str!("../seeds/document/1")).ok()?;
        let config = Config::new(SiteId::parse("meridian").ok()?, business).ok()?;
        Some(Acd::restore(config, Rows::default(), NOW))
    });
    let mut engine = fresh.clone().expect("the seed is a business");
    for line in text.lines() {
        let Ok(told) = serde_json::from_str::<Publication>(line) else { continue };
        comes_back(&told);
        if told.faults().is_empty() {
            let _ = engine.handle(NOW, Input::Published(told));
        }
    }
    if let Some(due) = engine.wake_at() {
        let _ = engine.handle(due.max(NOW), Input::Tick);
    }
    let rows = engine.rows();
    assert_eq!(Acd::restore(engine.config().clone(), rows.clone(), NOW).rows(), rows);
}

/// What a browser says through the socket of its call.
pub fn voice(text: &str) {
    let said = Some(text).filter(|text| text.len() <= MAX_SIGNAL_BYTES);
    if let Some(said) = said.and_then(|text| serde_json::from_str::<VoiceSaid>(text).ok()) {
        assert_eq!(comes_back(&said), said);
        if let VoiceSaid::Failed(why) = said {
            let _ = why.is_told();
        }
    }
}
