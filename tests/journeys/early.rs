//! The form that comes with the panel's page: it can be filled in while the program is still on its way.

use crate::MINE;
use stage::{ONE_PROCESS, Outcome, Shopper, Stage, journeys};

/// A line so slow that the program comes when the test says so.
const SLOW: &str = "
    const compile = WebAssembly.compileStreaming, arrived = new Promise((done) => self.arrive = done);
    WebAssembly.compileStreaming = async (it) => compile((await arrived, it));";
/// A program that never comes.
const NEVER: &str = "WebAssembly.compileStreaming = async () => { throw new Error('the line is cut'); };";
/// The form of the page, and what the program draws.
const EARLY: &str = "main.panel[data-state='form']:not([data-shown])";
const DRAWN: &str = "main.panel[data-state='form'][data-shown]";

/// A shopper to whose frames, too, something is done before they are read.
async fn one_to_whom(stage: &mut Stage, done: &str) -> Outcome<Shopper> {
    let shopper = Shopper::at(stage.browser_with("shopper", &ONE_PROCESS).await?, &stage.stack);
    shopper.first_run(done).await?;
    Ok(shopper)
}

/// A shopper at the cruises who has tapped the button and waits for the program.
async fn waiting(stage: &mut Stage) -> Outcome<Shopper> {
    let shopper = one_to_whom(stage, SLOW).await?;
    shopper.visit("cruises.html").await?;
    shopper.tap_button().await?;
    shopper.enter_frame().await?;
    Ok(shopper)
}

async fn arrive(shopper: &Shopper) -> Outcome {
    shopper.script("return arrive()").await
}

journeys! {
    /// On a slow line the shopper fills the form in and sends before the program is there. When it comes, the call is asked for.
    async fn sent_before_the_program_is_there(stage) {
        let (ana, phones) = (stage.agent("ana").await?, stage.phones());
        let shopper = waiting(stage).await?;
        shopper.see(EARLY).await?;
        shopper.offered("skill:cruises", "now").await?;
        shopper.choose("skill:cruises").await?;
        shopper.fill("#note", "Two of us").await?;
        shopper.ask(MINE).await?;
        shopper.see("#send[aria-disabled='true'] .spinner:not([hidden])").await?;
        arrive(&shopper).await?;
        shopper.is("dialing_customer").await?;
        ana.read("#note", "Two of us").await?;
        phones.is(MINE, "ringing").await?;
    }

    /// The program takes the form over in the middle of a word: nothing typed is lost, and the next letter lands where it belongs.
    async fn taken_over_in_the_middle_of_a_word(stage) {
        let _ana = stage.agent("ana").await?;
        let shopper = waiting(stage).await?;
        shopper.see(EARLY).await?;
        shopper.choose("anyone").await?;
        shopper.fill("#phone", "+44 20 7946 0103").await?;
        shopper.fill("#note", "A cabn").await?;
        shopper.script::<()>("document.querySelector('#note').setSelectionRange(5, 5)").await?;
        arrive(&shopper).await?;
        shopper.see(DRAWN).await?;
        let typing: (String, u32) = shopper
            .script("const it = document.activeElement; return [it.id, it.selectionStart]")
            .await?;
        assert_eq!(typing, ("note".to_owned(), 5));
        shopper.driver().action_chain().send_keys("i").perform().await?;
        let typed: (String, String, bool) = shopper
            .script(
                "const at = (it) => document.querySelector(it);
                 return [at('#phone').value, at('#note').value, at('[name=who][value=anyone]').checked]",
            )
            .await?;
        assert_eq!(typed, ("+44 20 7946 0103".to_owned(), "A cabin".to_owned(), true));
        assert_eq!(shopper.count("main").await?, 1);
        // The number that was left is shown back, as it always is.
        shopper.read("#phone-meant", "+44 20 7946 0103").await?;
    }

    /// Who has been here before finds what is theirs, and not somebody else's form.
    async fn who_is_known_waits_for_the_program(stage) {
        let (_ana, phones) = (stage.agent("ana").await?, stage.phones());
        let shopper = waiting(stage).await?;
        arrive(&shopper).await?;
        shopper.see(DRAWN).await?;
        shopper.choose("skill:cruises").await?;
        shopper.ask(MINE).await?;
        phones.is(MINE, "ringing").await?;
        shopper.visit("flights.html").await?;
        shopper.enter_frame().await?;
        shopper.see("main .skeleton").await?;
        assert_eq!(shopper.count("main.panel form").await?, 0);
        arrive(&shopper).await?;
        shopper.is("dialing_customer").await?;
    }

    /// The program does not come at all: the page says so, and offers the telephone.
    async fn the_program_never_comes(stage) {
        let shopper = one_to_whom(stage, NEVER).await?;
        shopper.visit("cruises.html").await?;
        shopper.tap_button().await?;
        let link: String = stage::until("the telephone", async || {
            shopper
                .script("return document.querySelector('talk-to-rep[floating]').shadowRoot.querySelector('[part=waiting]:not([hidden]) a')?.href")
                .await
        })
        .await?;
        assert!(link.starts_with("tel:"), "{link}");
    }
}
