//! The customer's language: on the button, in the panel, at the desk and on the telephone.

use crate::MINE;
use crate::accessible::open_at;
use stage::{Outcome, Pages, Scheme, Shopper, Stack, journeys, until};

/// A language, which way it goes, and what the button, the form and the times for later say in it.
const LANGUAGES: [(&str, &str, &str, &str, &str); 6] = [
    (
        "en",
        "ltr",
        "Talk to a person",
        "Tell us where to call you.",
        "Call me later",
    ),
    (
        "de",
        "ltr",
        "Mit einem Menschen sprechen",
        "Sagen Sie uns",
        "Rufen Sie mich später an",
    ),
    (
        "es",
        "ltr",
        "Hable con una persona",
        "Díganos",
        "Llámenme más tarde",
    ),
    (
        "fr",
        "ltr",
        "Parler à quelqu’un",
        "Dites-nous",
        "Appelez-moi plus tard",
    ),
    (
        "ja",
        "ltr",
        "担当者と話す",
        "お電話をおかけする番号",
        "あとで電話してもらう",
    ),
    ("ar", "rtl", "تحدَّث إلى شخص", "أخبرنا بالرقم", "اتصلوا بي لاحقًا"),
];

fn page(stack: &Stack, html: &str, tag: &str) -> String {
    format!(
        "<!doctype html><html {html}><head><meta name=\"viewport\" content=\"width=device-width\"><title>Cabin 7</title></head><body><h1>Cabin 7</h1>
         <script src=\"{}/v1/ringback.js\" data-site=\"meridian\" {tag}></script></body></html>",
        stack.origin()
    )
}

fn serve(stack: &Stack, pages: Vec<(&'static str, String)>) -> Outcome<Pages> {
    let pages = Pages::serve(pages, "")?;
    stack.admit(&[&pages.origin])?;
    Ok(pages)
}

/// Waits until the panel is in a language, and goes the way that goes.
async fn panel_speaks(shopper: &Shopper, language: &str, direction: &str) -> Outcome {
    shopper.enter_panel().await?;
    shopper
        .see(&format!("html[lang='{language}'][dir='{direction}'] main.panel"))
        .await
        .map(drop)
}

journeys! {
    /// On the phones that people have: the button, the form with what is wrong in it, and the times for later, in each language.
    async fn every_language_fits_a_phone_and_is_open_to_all(stage) {
        let phones = [(320, Scheme::Dark), (390, Scheme::Light)];
        let paths = ["/en", "/de", "/es", "/fr", "/ja", "/ar"];
        let pages = LANGUAGES.iter().zip(paths).map(|((language, ..), path)| {
            (path, page(&stage.stack, "lang=en", &format!("data-locale={language}")))
        });
        let pages = serve(&stage.stack, pages.collect())?;
        let _ana = stage.agent("ana").await?;
        let shopper = stage.shopper().await?;
        for ((language, direction, button, form, later), path) in LANGUAGES.iter().zip(paths) {
            shopper.driver().enter_default_frame().await?;
            shopper.look_like(390, 800, Scheme::Light).await?;
            shopper.go(&pages.at(path)).await?;
            shopper.button_says(button).await?;
            shopper.open_panel().await?;
            panel_speaks(&shopper, language, direction).await?;
            shopper.read("form .muted", form).await?;
            open_at(&shopper, &format!("the form in {language}"), phones).await?;
            shopper.click_label("input[name='when'][value='later']").await?;
            shopper.see("label:has(input[name='slot'])").await?;
            shopper.read("#send", later).await?;
            shopper.click("#send").await?;
            shopper.see("#phone-error:not([hidden])").await?;
            open_at(&shopper, &format!("what is wrong in {language}"), phones).await?;
            shopper.click(".top .close").await?;
        }
    }

    /// The page's own language counts, a command changes it, and what was typed stays. A page that goes on in another language without a
    /// load takes the button along.
    async fn the_panel_follows_the_language_of_the_page(stage) {
        let pages = serve(&stage.stack, vec![("/", page(&stage.stack, "lang=de-AT", "")), ("/nl", page(&stage.stack, "lang=nl", ""))])?;
        let _ana = stage.agent("ana").await?;
        let shopper = stage.shopper().await?;
        shopper.go(&pages.at("/")).await?;
        shopper.button_says("jetzt frei").await?;
        shopper.open_panel().await?;
        panel_speaks(&shopper, "de", "ltr").await?;
        shopper.fill("#note", "Zwei Kabinen?").await?;
        shopper.on_page::<()>("Ringback('locale', 'fr-CH')").await?;
        shopper.button_says("disponible").await?;
        panel_speaks(&shopper, "fr", "ltr").await?;
        shopper.read("#send", "Appelez-moi").await?;
        let typed: String = shopper.script("return document.querySelector('#note').value").await?;
        assert_eq!(typed, "Zwei Kabinen?");
        shopper.on_page::<()>("document.querySelector('talk-to-rep').setAttribute('locale', 'ja')").await?;
        shopper.button_says("今すぐ対応可").await?;
        panel_speaks(&shopper, "ja", "ltr").await?;

        // What we don't speak is told in a language that the browser names.
        shopper.driver().enter_default_frame().await?;
        shopper.go(&pages.at("/nl")).await?;
        shopper.button_says("free now").await?;
        shopper.on_page::<()>("document.documentElement.lang = 'ar'; history.pushState({}, '', '/ar')").await?;
        shopper.button_says("متاح الآن").await?;
    }

    /// A customer who reads German hears German, and Ana knows before she says a word.
    async fn a_customer_hears_their_own_language(stage) {
        let pages = serve(&stage.stack, vec![("/", page(&stage.stack, "lang=de-AT", "data-skill=cruises"))])?;
        let ana = stage.agent("ana").await?;
        let phones = stage.phones();
        let shopper = stage.shopper().await?;
        shopper.go(&pages.at("/")).await?;
        shopper.open_panel().await?;
        shopper.ask(MINE).await?;
        shopper.read("#heading", "Ihr Telefon klingelt").await?;
        ana.read("#language", "de-AT").await?;
        phones.answer(MINE).await?;
        phones.hears(MINE, "Bitte bleiben Sie am Apparat. Wir verbinden Sie mit").await?;
        phones.answer("+447700900101").await?;
        shopper.read("#heading", "Sie sprechen mit Ana").await?;
        phones.hang_up(MINE).await?;
        shopper.read("#heading", "Danke für das Gespräch").await?;
        shopper.read("#talked", "Sie haben 0:").await?;
    }

    /// In Arabic all goes the other way but telephone numbers, and numbers have Arabic forms.
    async fn arabic_goes_the_other_way_but_for_numbers(stage) {
        let pages = serve(&stage.stack, vec![("/", page(&stage.stack, "lang=ar dir=rtl", ""))])?;
        let _ana = stage.agent("ana").await?;
        let shopper = stage.shopper().await?;
        shopper.go(&pages.at("/")).await?;
        shopper.button_says("متاح الآن").await?;
        shopper.open_panel().await?;
        panel_speaks(&shopper, "ar", "rtl").await?;
        let left: bool = shopper
            .script("return document.querySelector('.close').getBoundingClientRect().left < innerWidth / 2")
            .await?;
        assert!(left, "what closes the panel is at its end, which is left");
        let way: String = shopper.script("return getComputedStyle(document.querySelector('#phone')).direction").await?;
        assert_eq!(way, "ltr");
        shopper.click_label("input[value='skill:cruises']").await?;
        shopper.ask(MINE).await?;
        shopper.is("dialing_customer").await?;
        // The number is kept apart from the words around it.
        let more = shopper.read("#more", "\u{2068}+44").await?;
        assert!(more.contains('\u{2069}'), "{more}");
    }

    /// The merchant's own German words are heard by Germans; what is wrong with them is said beside their field, and nothing is lost.
    async fn a_merchant_gives_words_in_a_language(stage) {
        let merchant = stage.browser("merchant").await?;
        merchant.go(&format!("{}/console/?site=meridian", stage.stack.origin())).await?;
        merchant.fill("#code", &stage.stack.code()).await?;
        merchant.click("#sign-in-go").await?;
        merchant.click("#go-calls").await?;
        merchant.click("#add-announcements").await?;
        merchant.fill("#f-announcements-0--language", "deutsch!").await?;
        merchant.fill("#f-announcements-0--hold-text", "Servus, einen Moment noch.").await?;
        merchant.click("#save").await?;
        merchant.read("#f-announcements-0--language-error", "language tag").await?;
        merchant.fill("#f-announcements-0--language", "de").await?;
        merchant.fill("#f-announcements-0--hold-audio", "http://insecure.example/a.wav").await?;
        merchant.click("#save").await?;
        merchant.read("#f-announcements-0--hold-audio-error", "https://").await?;
        let kept: String = merchant.script("return document.querySelector('#f-announcements-0--hold-text').value").await?;
        assert_eq!(kept, "Servus, einen Moment noch.");
        merchant.fill("#f-announcements-0--hold-audio", "https://cdn.example/servus.wav").await?;
        merchant.click("#save").await?;
        merchant.see("#saved").await?;

        let _ana = stage.agent("ana").await?;
        let phones = stage.phones();
        let asked = stage.stack.ask(MINE, &serde_json::json!({"skill": "cruises", "language": "de-CH"}))?;
        phones.answer(MINE).await?;
        phones.hears(MINE, "Servus, einen Moment noch.").await?;
        until("Ana's phone to ring", || async { stage.stack.reached(&asked, "ringing_agent") }).await?;
    }
}
