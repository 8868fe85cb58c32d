//! A passkey of software: it does what authenticators do, and what they never should.

use super::*;
use ciborium::Value as Cbor;
use ed25519_dalek::Signer as _;
use proptest::prelude::*;
use shared::member::{Email, Role};

const ORIGIN: &str = "https://ringback.example";
const CHALLENGE: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
const HANDLE: &str = "bWVtYmVy";

const PRESENT: u8 = 1;
const VERIFIED: u8 = 4;
const SYNCED: u8 = 8;
const MADE: u8 = 64;

fn party() -> Party<'static> {
    Party::at(ORIGIN).unwrap()
}

enum Secret {
    P256(p256::ecdsa::SigningKey),
    Ed25519(ed25519_dalek::SigningKey),
}

/// What somebody's authenticator and browser say.
struct Device {
    secret: Secret,
    origin: &'static str,
    party: &'static str,
    challenge: &'static str,
    cross_origin: bool,
    flags: u8,
    counter: u32,
    handle: Option<&'static str>,
}

impl Device {
    fn new() -> Self {
        Self {
            secret: Secret::P256(p256::ecdsa::SigningKey::from_slice(&[7; 32]).unwrap()),
            origin: ORIGIN,
            party: "ringback.example",
            challenge: CHALLENGE,
            cross_origin: false,
            flags: PRESENT | VERIFIED,
            counter: 0,
            handle: Some(HANDLE),
        }
    }

    fn ed25519() -> Self {
        Self {
            secret: Secret::Ed25519(ed25519_dalek::SigningKey::from_bytes(&[9; 32])),
            ..Self::new()
        }
    }

    fn client_data(&self, purpose: &str) -> Vec<u8> {
        json!({"type": purpose, "challenge": self.challenge, "origin": self.origin, "crossOrigin": self.cross_origin, "more": 1})
            .to_string()
            .into_bytes()
    }

    fn data(&self, flags: u8, more: &[u8]) -> Vec<u8> {
        let party = Sha256::digest(self.party.as_bytes());
        [party.as_slice(), &[flags], &self.counter.to_be_bytes(), more].concat()
    }

    fn key(&self) -> Cbor {
        let field = |name: i32, value: Cbor| (Cbor::from(name), value);
        let bytes = |bytes: &[u8]| Cbor::Bytes(bytes.to_vec());
        Cbor::Map(match &self.secret {
            Secret::P256(secret) => {
                let point = secret.verifying_key().to_encoded_point(false);
                let (x, y) = (point.x().unwrap(), point.y().unwrap());
                vec![
                    field(1, 2.into()),
                    field(3, (-7).into()),
                    field(-1, 1.into()),
                    field(-2, bytes(x)),
                    field(-3, bytes(y)),
                ]
            }
            Secret::Ed25519(secret) => vec![
                field(1, 1.into()),
                field(3, (-8).into()),
                field(-1, 6.into()),
                field(-2, bytes(secret.verifying_key().as_bytes())),
            ],
        })
    }

    fn made_with(&self, key: &Cbor) -> Registration {
        let mut more = vec![0; 16];
        more.extend([0, 4, 1, 2, 3, 4]);
        ciborium::into_writer(key, &mut more).unwrap();
        // What an extension has to say.
        ciborium::into_writer(&Cbor::Map(vec![("credProtect".into(), 2.into())]), &mut more).unwrap();
        let object = Cbor::Map(vec![
            ("fmt".into(), "none".into()),
            ("attStmt".into(), Cbor::Map(Vec::new())),
            (
                "authData".into(),
                Cbor::Bytes(self.data(self.flags | MADE | 128, &more)),
            ),
        ]);
        let mut bytes = Vec::new();
        ciborium::into_writer(&object, &mut bytes).unwrap();
        registration(self.client_data("webauthn.create"), bytes)
    }

    fn made(&self) -> Registration {
        self.made_with(&self.key())
    }

    fn signs_for(&self, purpose: &str) -> Assertion {
        let (client, data) = (self.client_data(purpose), self.data(self.flags, &[]));
        let message = [data.as_slice(), Sha256::digest(&client).as_slice()].concat();
        let signature = match &self.secret {
            Secret::P256(secret) => {
                let signature: p256::ecdsa::Signature = secret.sign(&message);
                signature.to_der().as_bytes().to_vec()
            }
            Secret::Ed25519(secret) => secret.sign(&message).to_bytes().to_vec(),
        };
        let text = |bytes: Vec<u8>| URL_SAFE_NO_PAD.encode(bytes);
        serde_json::from_value(json!({
            "id": "AQIDBA", "rawId": "AQIDBA", "type": "public-key", "clientExtensionResults": {},
            "response": {
                "clientDataJSON": text(client), "authenticatorData": text(data), "signature": text(signature),
                "userHandle": self.handle,
            }
        }))
        .unwrap()
    }

    fn signs(&self) -> Assertion {
        self.signs_for("webauthn.get")
    }

    fn comes_in(&self, kept: &Kept) -> Result<u32, Fault> {
        self.signs().check(&party(), CHALLENGE, HANDLE, kept)
    }
}

fn registration(client: Vec<u8>, object: Vec<u8>) -> Registration {
    let text = |bytes: Vec<u8>| URL_SAFE_NO_PAD.encode(bytes);
    let response = json!({"clientDataJSON": text(client), "attestationObject": text(object), "transports": ["internal"]});
    serde_json::from_value(json!({"id": "AQIDBA", "type": "public-key", "response": response})).unwrap()
}

fn kept(device: &Device) -> Kept {
    device.made().check(&party(), CHALLENGE).unwrap().1
}

fn changed(change: impl FnOnce(&mut Device)) -> Device {
    let mut device = Device::new();
    change(&mut device);
    device
}

#[test]
fn a_passkey_is_made_and_signs_in() {
    for device in [Device::new(), Device::ed25519()] {
        let (id, kept) = device.made().check(&party(), CHALLENGE).unwrap();
        assert_eq!(id, "AQIDBA");
        assert_eq!(device.made().challenge().as_deref(), Ok(CHALLENGE));
        assert_eq!(device.signs().challenge().as_deref(), Ok(CHALLENGE));
        assert_eq!(
            device.comes_in(&kept),
            Ok(0),
            "one that does not count never does"
        );
        assert_eq!(device.comes_in(&kept), Ok(0));
        let text = serde_json::to_string(&kept.key).unwrap();
        assert_eq!(serde_json::from_str::<PublicKey>(&text).unwrap(), kept.key);
    }
}

#[test]
fn what_was_said_to_somebody_else_or_before_opens_nothing() {
    let kept = kept(&Device::new());
    type Change = fn(&mut Device);
    let cases: [(Change, Fault); 9] = [
        (
            |it| it.origin = "https://ringback.example.evil.example",
            Fault::Origin,
        ),
        (|it| it.origin = "http://ringback.example", Fault::Origin),
        (|it| it.cross_origin = true, Fault::Origin),
        (|it| it.challenge = "another", Fault::Challenge),
        (|it| it.party = "evil.example", Fault::Party),
        (|it| it.flags = VERIFIED, Fault::Absent),
        (|it| it.flags = PRESENT, Fault::Unverified),
        (|it| it.flags |= SYNCED, Fault::Key),
        (|it| it.flags |= 16, Fault::Unreadable),
    ];
    for (change, fault) in cases {
        assert_eq!(changed(change).comes_in(&kept), Err(fault));
    }
    for (change, fault) in cases.into_iter().filter(|(_, fault)| *fault != Fault::Key) {
        let made = changed(change).made();
        assert_eq!(made.check(&party(), CHALLENGE).map(drop), Err(fault));
    }
    let wrong = Device::new().signs_for("webauthn.create");
    assert_eq!(
        wrong.check(&party(), CHALLENGE, HANDLE, &kept),
        Err(Fault::Purpose)
    );
}

#[test]
fn another_key_or_another_person_opens_nothing() {
    let own = kept(&Device::new());
    let thief =
        changed(|it| it.secret = Secret::P256(p256::ecdsa::SigningKey::from_slice(&[8; 32]).unwrap()));
    assert_eq!(thief.comes_in(&own), Err(Fault::Signature));
    assert_eq!(Device::ed25519().comes_in(&own), Err(Fault::Signature));
    for handle in [None, Some("b3RoZXI")] {
        assert_eq!(
            changed(|it| it.handle = handle).comes_in(&own),
            Err(Fault::Unknown)
        );
    }
}

#[test]
fn a_count_that_goes_back_gives_a_copy_away() {
    let mut device = changed(|it| it.counter = 5);
    let mut kept = kept(&device);
    assert_eq!(kept.counter, 5);
    assert_eq!(device.comes_in(&kept), Err(Fault::Copied), "it did not go up");
    device.counter = 6;
    assert_eq!(device.comes_in(&kept), Ok(6));
    kept.counter = 6;
    for counter in [0, 5, 6] {
        device.counter = counter;
        assert_eq!(device.comes_in(&kept), Err(Fault::Copied), "{counter}");
    }
}

#[test]
fn keys_that_are_none_are_refused() {
    let device = Device::new();
    let field = |name: i32, value: Cbor| (Cbor::from(name), value);
    let bytes = |length: usize| Cbor::Bytes(vec![1; length]);
    let ec = |alg: i32, x: usize, y: usize| {
        Cbor::Map(vec![
            field(1, 2.into()),
            field(3, alg.into()),
            field(-1, 1.into()),
            field(-2, bytes(x)),
            field(-3, bytes(y)),
        ])
    };
    let rsa = |n: usize| {
        let fields = [
            field(1, 3.into()),
            field(3, (-257).into()),
            field(-1, Cbor::Bytes(vec![0xff; n])),
            field(-2, bytes(3)),
        ];
        Cbor::Map(fields.to_vec())
    };
    let weak = [
        field(1, 1.into()),
        field(3, (-8).into()),
        field(-1, 6.into()),
        field(-2, Cbor::Bytes(vec![0; 32])),
    ];
    for key in [
        ec(-7, 32, 32),
        ec(-7, 31, 33),
        ec(-35, 32, 32),
        rsa(64),
        Cbor::Map(weak.to_vec()),
        Cbor::Null,
    ] {
        let told = device.made_with(&key).check(&party(), CHALLENGE);
        assert_eq!(told.map(drop), Err(Fault::Key), "{key:?}");
    }
    assert!(device.made_with(&rsa(256)).check(&party(), CHALLENGE).is_ok());
}

#[test]
fn browsers_keep_passkeys_for_names_only() {
    let id = |origin| Party::at(origin).map(|party| party.id);
    assert_eq!(id("https://ringback.example"), Some("ringback.example"));
    assert_eq!(id("http://localhost:8787"), Some("localhost"));
    assert_eq!(id("http://edge.localhost:8787"), Some("edge.localhost"));
    for bad in [
        "http://127.0.0.1:8787",
        "https://10.0.0.1",
        "https://[::1]:1",
        "http://ringback.example",
        "ringback",
        "",
    ] {
        assert_eq!(id(bad), None, "{bad}");
    }
}

#[test]
fn a_browser_is_asked_for_what_is_checked() {
    let member = Member {
        email: Email::parse("ana@shop.example").unwrap(),
        name: "Ana".into(),
        roles: vec![Role::Agent],
        agent: None,
    };
    let wish = creation(&party(), "Shop", &member, HANDLE, CHALLENGE, &["AQID".into()]);
    assert_eq!(wish["rp"], json!({"id": "ringback.example", "name": "Shop"}));
    assert_eq!(wish["authenticatorSelection"]["userVerification"], "required");
    assert_eq!(wish["excludeCredentials"][0]["id"], "AQID");
    assert_eq!(request(&party(), CHALLENGE)["userVerification"], "required");
}

proptest! {
    /// Whatever the bytes are, there is an answer, and it is no.
    #[test]
    fn noise_opens_nothing(client in prop::collection::vec(any::<u8>(), 0..200), object in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(registration(client, object.clone()).check(&party(), CHALLENGE).is_err());
        let good = Device::new().client_data("webauthn.create");
        prop_assert!(registration(good, object).check(&party(), CHALLENGE).is_err());
    }

    /// A bit that is changed anywhere in what was signed is noticed.
    #[test]
    fn every_bit_is_signed(at in 0_usize..37, bit in 0_u8..8) {
        let device = Device::new();
        let kept = kept(&device);
        let mut signed = device.signs();
        signed.response.authenticator_data.0[at] ^= 1 << bit;
        prop_assert!(signed.check(&party(), CHALLENGE, HANDLE, &kept).is_err());
    }
}
