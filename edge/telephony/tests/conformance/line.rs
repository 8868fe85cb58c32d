//! A carrier of each kind with its far end, and what arrives from there.

use crate::network::Network;
use crate::world::World;
use acd::{Heard, HeardKind, Input};
use far::{Ari, FarEnd, SandboxEnd, Tell, TwilioEnd};
use shared::equipment::{Equipment, Kind};
use shared::{EquipmentId, Millis, PhoneNumber};
use telephony::Carrier;
use telephony::asterisk::{Asterisk, Signal};
use telephony::sandbox::{EventBody, Sandbox};
use telephony::twilio::callback::{self, About};
use telephony::twilio::{Twilio, twiml};

const HOOKS: &str = "https://edge.example/v1/carriers/twilio/meridian/one";

/// A carrier, its far end and the network in between.
pub(crate) struct Line {
    pub(crate) kind: Kind,
    pub(crate) codec: Box<dyn Carrier>,
    pub(crate) far: Box<dyn FarEnd>,
    pub(crate) network: Network,
    pub(crate) late: Vec<(Millis, Tell)>,
}

/// A line of this kind, over a network without faults.
pub(crate) fn line(kind: Kind) -> Line {
    let from = PhoneNumber::parse("+442079460958").unwrap();
    let mut document = Equipment::sandbox(EquipmentId::parse("one").unwrap());
    let (codec, far): (Box<dyn Carrier>, Box<dyn FarEnd>) = match kind {
        Kind::Sandbox => {
            let sandbox = Sandbox {
                base: "https://edge.example/sandbox/v1/meridian".into(),
                secret: "s".into(),
                from,
                caller: "Meridian Travel".into(),
                events: "https://edge.example/events".into(),
            };
            (Box::new(sandbox), Box::new(SandboxEnd::default()))
        }
        Kind::Asterisk => {
            document.dial = Some("PJSIP/{number}@trunk".into());
            document.dial_sip = Some("PJSIP/out/{address}".into());
            (
                Box::new(Asterisk::of(&document, from, "Meridian Travel".into())),
                Box::new(Ari::default()),
            )
        }
        Kind::Twilio => {
            document.account = Some("AC0123456789abcdef0123456789abcdef".into());
            (
                Box::new(Twilio::of(&document, from, "token".into(), HOOKS.into())),
                Box::new(TwilioEnd::default()),
            )
        }
        Kind::Presence | Kind::Browser => panic!("it rings no phone"),
    };
    Line {
        kind,
        codec,
        far,
        network: Network::default(),
        late: vec![],
    }
}

impl World {
    pub(crate) fn deliver(&mut self, via: &EquipmentId, tell: &Tell) {
        match self.lines[via].kind {
            Kind::Sandbox => {
                let event: EventBody = serde_json::from_str(&tell.text).unwrap();
                self.listen(event.heard);
            }
            Kind::Asterisk => match telephony::asterisk::hear(&tell.text).unwrap() {
                Signal::Heard(heard) => self.listen(heard),
                Signal::Tidy(call) => {
                    let (now, line) = (self.now, self.lines.get_mut(via).unwrap());
                    line.far.carry(now, &call);
                }
                Signal::Registered | Signal::Answer(_) | Signal::Nothing => {}
            },
            Kind::Twilio => self.deliver_form(via, tell),
            Kind::Presence | Kind::Browser => panic!("it rings no phone"),
        }
    }

    fn deliver_form(&mut self, via: &EquipmentId, tell: &Tell) {
        let about = About::parse(tell.about).unwrap();
        let told = callback::read(about, &tell.leg, &tell.text);
        self.refer(&tell.leg, told.reference);
        if let Some(heard) = told.heard {
            if let Some(account) = self.ledger.get_mut(&heard.leg) {
                account.hear(&heard, self.now);
                if let Some(seconds) = told.seconds {
                    account.bill(seconds);
                }
            }
            self.handle(Input::Heard(heard));
        }
        if let Some(entered) = told.entered {
            self.joined.insert(entered.clone(), ());
            let account = &self.ledger[&entered];
            let other = self.joined.keys().any(|other| {
                let other = &self.ledger[other];
                other.request == account.request && other.party != account.party && other.ended_at.is_none()
            });
            if other {
                self.listen(Heard::now(entered, HeardKind::Bridged));
            }
        }
        if about.asks() {
            let hooks = twiml::Hooks {
                base: HOOKS,
                leg: &tell.leg,
            };
            let markup = twiml::answer(
                self.acd.hears(&tell.leg).as_ref(),
                hooks,
                self.acd.config().business.timing.confirm_s,
            );
            let (now, line) = (self.now, self.lines.get_mut(via).unwrap());
            line.far.answer(now, &tell.leg, &markup);
        }
    }
}
