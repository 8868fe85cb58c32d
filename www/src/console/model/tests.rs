//! Stories of merchants.

use super::*;
use serde_json::json;
use shared::problem::{FieldError, Problem, ProblemKind};
use shared::secret::{NewSecret, Scope, Scopes, SecretDays, SecretWish};

fn site() -> SiteId {
    SiteId::parse("acme").unwrap()
}

fn tagged(document: Value) -> Tagged {
    Tagged {
        document,
        tag: "\"1\"".into(),
    }
}

fn acme() -> Value {
    json!({"name": "Acme", "skills": [{"id": "sales", "name": "Sales"}], "agents": [], "rules": [{"when": {"url": "/a"}}]})
}

fn console() -> Model {
    let mut model = Model::default();
    update(&mut model, Msg::Tick(Millis(1_000_000)));
    update(&mut model, Msg::Start(Some(site()), None));
    update(&mut model, Msg::Read(Ok(tagged(acme()))));
    update(&mut model, Msg::Me(Err(Failure::Unreachable)));
    model
}

fn refusal(status: u16) -> Failure {
    Failure::Refused(Problem {
        status,
        errors: vec![],
        ..Problem::field("x", "y", "No.")
    })
}

#[test]
fn whoever_is_not_signed_in_signs_in_and_sees_the_business() {
    let mut model = Model::default();
    assert_eq!(
        update(&mut model, Msg::Start(Some(site()), None)),
        [Do::RememberSite(site()), Do::Read(site())]
    );
    update(&mut model, Msg::Read(Err(refusal(401))));
    assert_eq!(model.screen, Screen::SignIn);
    assert_eq!(update(&mut model, Msg::Entered), [Do::Read(site())]);
    assert_eq!(update(&mut model, Msg::Read(Ok(tagged(acme())))), [Do::ReadMe]);
    assert_eq!(model.screen, Screen::Console);
    assert!(!model.dirty());
}

#[test]
fn what_there_is_to_see_depends_on_who_looks() {
    let mut model = console();
    let me = |rights: &[Right]| Me {
        name: "Ana".into(),
        email: None,
        roles: Vec::new(),
        rights: rights.to_vec(),
        agent: None,
        sessions: Vec::new(),
        passkeys: None,
    };
    let asked = update(&mut model, Msg::Me(Ok(me(&[Right::ReadDocument]))));
    assert_eq!(asked, [], "no reports for those who may not read them");
    assert!(!model.may(Right::ChangeDocument));
    model.me = None;
    update(
        &mut model,
        Msg::Me(Ok(me(&[Right::ReadDocument, Right::ReadAudit]))),
    );
    let asked = update(&mut model, Msg::Open(Section::Access));
    assert_eq!(asked, [Do::ReadMe, Do::ReadAudit(site()), Do::Top]);
    assert_eq!(update(&mut model, Msg::Read(Err(refusal(403)))), [Do::ReadMe]);
    assert_eq!(model.screen, Screen::Mine);
}

#[test]
fn a_business_that_is_not_there_is_set_up_from_a_starter() {
    let mut model = Model::default();
    update(&mut model, Msg::Start(Some(site()), Some("Europe/Paris".into())));
    update(&mut model, Msg::Read(Err(refusal(404))));
    assert!(model.is_new() && model.screen == Screen::Console);
    assert_eq!(
        (model.section, model.text("zone")),
        (Section::Business, "Europe/Paris".into())
    );
    update(&mut model, Msg::Edit("name".into(), json!(" Acme ")));
    let saved = update(&mut model, Msg::Save);
    assert!(matches!(saved.as_slice(), [Do::Save(_, document, None)] if document["name"] == "Acme"));
    update(&mut model, Msg::Saved(Ok(tagged(acme()))));
    assert_eq!((model.section, model.dirty()), (Section::Start, false));
}

#[test]
fn what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost() {
    let mut model = console();
    update(
        &mut model,
        Msg::Add(
            "agents".into(),
            json!({"id": "", "name": "", "phone": "", "skills": {}}),
        ),
    );
    update(&mut model, Msg::Edit("agents[0].name".into(), json!("Zoë Lee")));
    update(&mut model, Msg::Edit("agents[0].phone".into(), json!("12")));
    assert_eq!(model.text("agents[0].id"), "zo-lee", "an id follows the name");
    update(&mut model, Msg::Save);
    let error = FieldError {
        field: "agents[0].phone".into(),
        code: "invalid".into(),
        message: "Too short.".into(),
    };
    let to_do = update(
        &mut model,
        Msg::Saved(Err(Failure::Refused(Problem::fields(vec![error])))),
    );
    assert_eq!(to_do, [Do::Focus("agents[0].phone".into())]);
    assert_eq!(model.section, Section::People);
    assert_eq!(model.errors["agents[0].phone"], "Too short.");
    assert_eq!(model.text("agents[0].phone"), "12");
    update(&mut model, Msg::Edit("agents[0].phone".into(), json!("+4420")));
    assert!(model.errors.is_empty());
}

#[test]
fn an_id_that_is_known_stays_when_the_name_changes() {
    let mut model = console();
    update(&mut model, Msg::Edit("skills[0].name".into(), json!("Cars")));
    assert_eq!(model.text("skills[0].id"), "sales");
    update(&mut model, Msg::Discard);
    assert!(!model.dirty());
}

#[test]
fn a_change_that_somebody_else_overtook_is_kept_here() {
    let mut model = console();
    update(&mut model, Msg::Edit("name".into(), json!("Mine")));
    let to_do = update(&mut model, Msg::Save);
    assert!(matches!(to_do.as_slice(), [Do::Save(_, _, Some(tag))] if tag == "\"1\""));
    update(&mut model, Msg::Saved(Err(refusal(409))));
    assert_eq!(model.notice, Some(Notice::Overtaken));
    assert_eq!(model.text("name"), "Mine");
}

#[test]
fn items_move_and_go_with_what_was_said_of_them() {
    let mut model = console();
    for name in ["b", "c"] {
        update(&mut model, Msg::Add("rules".into(), json!({"name": name})));
    }
    model.errors.insert("rules[2].skill".into(), "wrong".into());
    update(&mut model, Msg::Up("rules".into(), 2));
    update(&mut model, Msg::Remove("rules".into(), 0));
    let names: Vec<String> = (0..2)
        .map(|nth| model.text(&format!("rules[{nth}].name")))
        .collect();
    assert_eq!(
        (names, model.errors.len()),
        (vec!["c".to_owned(), "b".to_owned()], 0)
    );
    update(&mut model, Msg::Up("rules".into(), 0));
    assert_eq!(model.text("rules[0].name"), "c");
}

#[test]
fn a_list_of_skills_becomes_levels_when_one_is_chosen() {
    let mut model = console();
    update(
        &mut model,
        Msg::Add("agents".into(), json!({"skills": ["sales", "cars"]})),
    );
    update(
        &mut model,
        Msg::Levelled("agents[0].skills".into(), "cars".into(), 2),
    );
    assert_eq!(model.at("agents[0].skills"), &json!({"sales": 1, "cars": 2}));
    update(
        &mut model,
        Msg::Levelled("agents[0].skills".into(), "sales".into(), 0),
    );
    assert_eq!(model.at("agents[0].skills"), &json!({"cars": 2}));
}

#[test]
fn a_page_is_tried_with_the_rules_as_they_are_edited() {
    let mut model = console();
    update(&mut model, Msg::Edit("rules[0].when.url".into(), json!("/b")));
    let to_do = update(&mut model, Msg::Try(" https://shop.example/b ".into()));
    assert_eq!(
        to_do,
        [Do::Try(
            site(),
            json!({"url": "https://shop.example/b", "rules": [{"when": {"url": "/b"}}]})
        )]
    );
}

#[test]
fn an_endpoints_secret_is_shown_once_and_its_log_is_looked_at_while_it_is_open() {
    let mut model = console();
    let ask = |what: AskHook| Do::Hook(site(), what);
    assert_eq!(
        update(&mut model, Msg::Open(Section::Webhooks)),
        [ask(AskHook::Endpoints), Do::Top]
    );
    let made = NewSecret {
        id: "key_1".into(),
        secret: "whsec_AAAA".into(),
        created_at: Millis(0),
    };
    update(&mut model, Hook::Made("crm".into(), Ok(made)).into());
    assert_eq!(
        model.hooks.made.as_ref().map(|(_, made)| made.secret.as_str()),
        Some("whsec_AAAA")
    );
    update(&mut model, Hook::Revoke("crm".into(), "key_1".into()).into());
    assert_eq!(model.hooks.made, None);
    assert_eq!(
        update(&mut model, Hook::Test("crm".into()).into()),
        [ask(AskHook::Test("crm".into()))]
    );
    let both = [ask(AskHook::Endpoints), ask(AskHook::Log("crm".into()))];
    assert_eq!(update(&mut model, Hook::Done(Ok(())).into()), both);
    update(&mut model, Hook::Logged("other".into(), Ok(Vec::new())).into());
    assert_eq!(model.hooks.log, None, "another one's log is none of ours");
    assert_eq!(update(&mut model, Msg::Tick(Millis(1_004_000))), both);
    assert_eq!(
        update(&mut model, Hook::Log("crm".into()).into()),
        [ask(AskHook::Endpoints)]
    );
    update(&mut model, Msg::Open(Section::People));
    update(&mut model, Msg::Open(Section::Webhooks));
}

fn server_secret(id: &str, expires_at: Option<Millis>) -> ServerSecret {
    ServerSecret {
        id: id.into(),
        created_at: Millis(0),
        last_used_at: None,
        scopes: Scopes::all(),
        expires_at,
    }
}

#[test]
fn a_secret_is_made_for_what_was_chosen_and_the_next_one_is_for_everything_again() {
    let mut model = console();
    let year = SecretDays::of(365);
    update(&mut model, Msg::SecretFor(Scope::Customers, false));
    update(&mut model, Msg::SecretFor(Scope::Usage, false));
    update(&mut model, Msg::SecretFor(Scope::Usage, true));
    update(&mut model, Msg::SecretEnds(year));
    let wish = SecretWish {
        scopes: Scopes::of(&[Scope::Bridges, Scope::Usage]).unwrap(),
        expires_in_days: year,
    };
    let ask = [Do::MakeSecret(site(), wish.clone())];
    assert_eq!(update(&mut model, Msg::MakeSecret), ask);
    update(&mut model, Msg::SecretMade(Err(refusal(409))));
    assert_eq!(
        update(&mut model, Msg::MakeSecret),
        ask,
        "what was chosen stays until there is one"
    );
    let made = NewServerSecret {
        id: "key_1".into(),
        secret: "rbs_0".into(),
        created_at: Millis(0),
        scopes: wish.scopes,
        expires_at: None,
    };
    let look = [Do::ReadSecrets(site())];
    assert_eq!(update(&mut model, Msg::SecretMade(Ok(made))), look);
    assert!(model.made.is_some());
    let usual = [Do::MakeSecret(site(), SecretWish::default())];
    assert_eq!(update(&mut model, Msg::MakeSecret), usual);
}

#[test]
fn there_is_no_secret_for_nothing_and_no_third_one() {
    let mut model = console();
    for scope in Scope::ALL {
        update(&mut model, Msg::SecretFor(*scope, false));
    }
    assert_eq!(model.no_secret(), Some(Hindrance::Useless));
    assert_eq!(update(&mut model, Msg::MakeSecret), []);
    update(&mut model, Msg::SecretFor(Scope::Bridges, true));
    let soon = model.now.plus_s(60);
    let two = vec![server_secret("key_1", None), server_secret("key_2", Some(soon))];
    update(&mut model, Msg::Secrets(Ok(two)));
    assert_eq!(model.no_secret(), Some(Hindrance::Full));
    assert_eq!(update(&mut model, Msg::MakeSecret), []);
    update(&mut model, Msg::Tick(soon));
    assert_eq!(model.no_secret(), None, "one that ended leaves its place");
}

#[test]
fn a_secrets_end_is_said_the_louder_the_nearer_it_is() {
    let now = Millis(1_795_000_000_000);
    let said = |days: i64| word::secret_end(&server_secret("key_1", Some(now.plus_s(days * 86_400))), now);
    assert_eq!(said(364), Some(("", "ends in 364 days".into())));
    let new = server_secret("key_1", Some(now.plus_s(90 * 86_400 - 1)));
    assert_eq!(word::secret_end(&new, now), Some(("", "ends in 90 days".into())));
    assert_eq!(said(30), Some(("warn", "ends in 30 days".into())));
    assert_eq!(said(-3), Some(("danger", "ended 3 days ago".into())));
    assert_eq!(said(0), Some(("danger", "ended 0 s ago".into())));
    assert_eq!(word::secret_end(&server_secret("key_1", None), now), None);
    assert_eq!(word::scopes(&Scopes::all()), "for everything");
    let two = Scopes::of(&[Scope::Bridges, Scope::Usage]).unwrap();
    assert_eq!(word::scopes(&two), "for bridges and usage");
}

#[test]
fn a_document_is_taken_whole_or_not_at_all() {
    let mut model = console();
    update(&mut model, Msg::Import("{".into()));
    assert!(matches!(&model.notice, Some(Notice::Refused(words)) if words.contains("JSON")));
    assert!(!model.dirty());
    update(&mut model, Msg::Import("{\"name\": \"Other\"}".into()));
    assert_eq!((model.text("name"), model.dirty()), ("Other".into(), true));
}

#[test]
fn what_changes_by_itself_is_looked_at_every_few_seconds_while_it_is_open() {
    let mut model = console();
    assert_eq!(update(&mut model, Msg::Tick(Millis(1_001_000))), []);
    assert_eq!(update(&mut model, Msg::Tick(Millis(1_004_000))).len(), 2);
    update(&mut model, Msg::Open(Section::People));
    assert_eq!(update(&mut model, Msg::Tick(Millis(1_010_000))), []);
    update(&mut model, Msg::Seen(Err(refusal(401))));
    assert_eq!(model.screen, Screen::SignIn, "the session is over");
}

#[test]
fn a_number_for_the_list_is_named_when_it_is_wrong_and_kept_typed() {
    let mut model = console();
    assert_eq!(
        update(&mut model, Msg::Open(Section::Policy)),
        [
            Do::Barred(site(), AskBarred::Stands),
            Do::Barred(site(), AskBarred::Numbers),
            Do::ReadRefusals(site()),
            Do::Top
        ]
    );
    update(&mut model, Barred::Typed(" 12 ".into()).into());
    let asked = update(&mut model, Barred::Suppress.into());
    assert_eq!(asked, [Do::Barred(site(), AskBarred::Suppress("12".into()))]);
    update(&mut model, Barred::Suppressed(Err(refusal(422))).into());
    assert!(model.errors.contains_key(NEW_NUMBER) && model.policy.typed == " 12 ");
    update(&mut model, Barred::Typed("+447700900001".into()).into());
    assert!(model.errors.is_empty());
    let seen = update(&mut model, Barred::Suppressed(Ok(())).into());
    assert_eq!((seen.len(), model.policy.typed.as_str()), (2, ""));
}

#[test]
fn a_customer_is_downloaded_at_a_tap_and_erased_only_when_that_is_typed() {
    let mut model = console();
    assert_eq!(update(&mut model, Person::Export.into()), [], "nobody is named");
    update(&mut model, Person::Typed(" +447700900001 ".into()).into());
    let whom = json!({"phone": "+447700900001"});
    assert_eq!(
        update(&mut model, Person::Export.into()),
        [Do::Person(site(), AskPerson::Export(whom.clone()))]
    );
    assert_eq!(
        update(&mut model, Person::Export.into()),
        [],
        "one thing at a time"
    );
    let kept = json!({"requests": [{"note": "Balcony?"}]});
    let todo = update(&mut model, Person::Exported(Ok(kept)).into());
    assert!(
        matches!(todo.as_slice(), [Do::Download(name, text)] if name == "customer.json" && text.contains("Balcony?"))
    );

    assert_eq!(
        update(&mut model, Person::Erase.into()),
        [],
        "it is not confirmed"
    );
    update(&mut model, Person::Confirmed("Erase".into()).into());
    assert_eq!(
        update(&mut model, Person::Erase.into()),
        [Do::Person(site(), AskPerson::Erase(whom))]
    );
    update(&mut model, Person::Erased(Err(refusal(409))).into());
    assert!(model.errors.contains_key(WHOM), "a request of theirs is open");
    assert_eq!(Section::of(WHOM), Section::Privacy);
    update(&mut model, Person::Typed("c-17".into()).into());
    assert!(!model.customer.may_erase(), "somebody else is confirmed anew");
    assert!(!model.errors.contains_key(WHOM));
}

#[test]
fn a_passkey_is_named_made_once_and_why_it_was_not_stands_beside_its_name() {
    let mut model = console();
    let tell = |model: &mut Model, what: Identity| update(model, what.into());
    assert_eq!(tell(&mut model, Identity::AddPasskey), []);
    assert!(model.errors.contains_key(NEW_PASSKEY));
    assert_eq!(Section::of(NEW_PASSKEY), Section::Access);
    tell(&mut model, Identity::Named(" My laptop ".into()));
    assert!(model.errors.is_empty());
    let ask = Do::Identity(site(), AskIdentity::AddPasskey("My laptop".into()));
    assert_eq!(tell(&mut model, Identity::AddPasskey), [ask]);
    assert_eq!(
        tell(&mut model, Identity::AddPasskey),
        [],
        "a second tap is a slip"
    );
    tell(&mut model, Identity::Added(Err("No passkey was chosen.".into())));
    assert_eq!(
        model.errors.get(NEW_PASSKEY).map(String::as_str),
        Some("No passkey was chosen.")
    );
    assert_eq!(model.identities.named, " My laptop ", "what was typed stays");
    tell(&mut model, Identity::AddPasskey);
    assert_eq!(tell(&mut model, Identity::Added(Ok(()))), [Do::ReadMe]);
    assert_eq!(model.identities.named, "");
}

#[test]
fn the_company_s_secret_goes_to_the_edge_and_stays_nowhere_here() {
    let mut model = console();
    update(&mut model, Msg::Edit(SIGN_ON.into(), new_sign_on()));
    assert!(model.dirty());
    let ask = Do::Identity(site(), AskIdentity::KeepSecret("s3cret-of-ours".into()));
    assert_eq!(
        update(&mut model, Identity::Secret("s3cret-of-ours".into()).into()),
        [ask]
    );
    update(&mut model, Identity::SecretKept(Err(refusal(422))).into());
    assert_eq!(
        model.errors.get(CLIENT_SECRET).map(String::as_str),
        Some("x: No.")
    );
    let again = update(&mut model, Identity::SecretKept(Ok(())).into());
    assert_eq!(again, [Do::Identity(site(), AskIdentity::SignOn)]);
    assert!(!format!("{model:?}").contains("s3cret-of-ours"));
}

#[test]
fn whoever_has_to_sign_in_again_goes_on_with_what_they_typed() {
    let mut model = console();
    update(&mut model, Msg::Edit("name".into(), "Meridian Journeys".into()));
    let stale = Failure::Refused(Problem::new(ProblemKind::SignInAgain, "It is half an hour ago."));
    update(&mut model, Msg::Saved(Err(stale)));
    assert_eq!(
        (&model.screen, model.why.as_deref()),
        (&Screen::SignIn, Some("It is half an hour ago."))
    );
    let before = model.saved.clone();
    update(&mut model, Msg::Entered);
    let same = Tagged {
        document: before.clone(),
        tag: "v2".into(),
    };
    update(&mut model, Msg::Read(Ok(same)));
    assert_eq!(
        (model.text("name"), model.dirty()),
        ("Meridian Journeys".into(), true)
    );

    // Somebody else saved meanwhile: theirs is what there is, and that is said.
    update(&mut model, Msg::Entered);
    let mut theirs = before;
    theirs["name"] = "Theirs".into();
    update(
        &mut model,
        Msg::Read(Ok(Tagged {
            document: theirs,
            tag: "v3".into(),
        })),
    );
    assert_eq!((model.text("name"), model.dirty()), ("Theirs".into(), false));
    assert_eq!(model.notice, Some(Notice::Overtaken));
}
