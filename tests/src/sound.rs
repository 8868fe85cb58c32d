//! A call in the browser, as its two people have it: microphones that beep, the window, and what the connections say of themselves.

use crate::{Asked, Browser, Outcome, Shopper, Stack, broken, until};
use serde::Deserialize;
use serde_json::json;
use thirtyfour::WindowHandle;

/// A microphone that beeps, and connections to this very machine.
pub const MICROPHONE: [&str; 2] = [
    "--use-fake-device-for-media-stream",
    "--allow-loopback-in-peer-connection",
];
/// The same, and its owner allows the microphone wherever a page asks.
pub const TO_TALK: [&str; 3] = [
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--allow-loopback-in-peer-connection",
];

/// The same in a browser with many windows: each works as if it were looked at, and none spends the machine on motion, which an idle desk
/// alone would take a fifth of a core for where nothing draws but the processor.
pub const TO_TALK_IN_MANY: [&str; 7] = [
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--allow-loopback-in-peer-connection",
    "--force-prefers-reduced-motion",
    "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
    "--disable-backgrounding-occluded-windows",
];

/// Notes what connections a page makes.
const NOTE: &str = "if (!self.made) {
    const Plain = RTCPeerConnection;
    self.made = [];
    self.RTCPeerConnection = class extends Plain { constructor(...it) { super(...it); made.push(this); } };
}";

/// Has a page take the microphone's sound as it is, and not draw how loud it is: what else Chromium does with it (echo, noise, level) kept a
/// core busy when four talked.
const UNTREATED: &str = "if (!self.untreated) {
    self.untreated = true;
    delete self.AudioContext;
    const { mediaDevices } = navigator, plain = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = () => plain({ audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false } });
}";

/// Has whatever a page is told of the other side's addresses name a port that nobody listens at, and counts them.
const MISLED: &str = "if (self.misled === undefined) {
    self.misled = 0;
    const astray = (text) => text?.replace(/(candidate:\\S+ \\d+ \\w+ \\d+ \\S+) \\d+ typ/g, (_, there) => (self.misled++, there + ' 9 typ'));
    const { prototype } = RTCPeerConnection, { addIceCandidate, setRemoteDescription } = prototype;
    prototype.addIceCandidate = function (it) {
        return addIceCandidate.call(this, it?.candidate ? { ...it, candidate: astray(it.candidate) } : it);
    };
    prototype.setRemoteDescription = function ({ type, sdp }) { return setRemoteDescription.call(this, { type, sdp: astray(sdp) }); };
}";

/// What the latest of them says of itself.
const LISTEN: &str = "return (async () => {
    const it = self.made?.at(-1), stats = it ? [...(await it.getStats()).values()] : [];
    const of = (type) => stats.find((stat) => stat.type === type) ?? {};
    const pair = stats.find((stat) => stat.id === of('transport').selectedCandidatePairId);
    const local = stats.find((stat) => stat.id === pair?.localCandidateId);
    return {
        made: self.made?.length ?? 0, state: it?.connectionState ?? 'none', received: of('inbound-rtp').packetsReceived ?? 0,
        sent: of('outbound-rtp').packetsSent ?? 0, energy: of('inbound-rtp').totalAudioEnergy ?? 0, by: local?.candidateType ?? '',
    };
})()";

/// What a connection says of itself.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Sound {
    /// How many the page has made.
    pub made: u32,
    /// `connectionState` of the latest.
    pub state: String,
    /// Packets of sound that arrived.
    pub received: u64,
    /// Packets of sound that left.
    pub sent: u64,
    /// How much of it was more than silence.
    pub energy: f64,
    /// By what kind of address: `host`, `srflx`, `relay`.
    pub by: String,
}

impl Browser {
    /// Notes the connections that this window makes from now on, also after it is loaded again.
    ///
    /// # Errors
    /// When the window does not let itself be looked into.
    pub async fn note_connections(&self) -> Outcome {
        self.first_run(NOTE).await?;
        self.script(&format!("{NOTE} return null")).await
    }

    /// Takes the sound of this window's microphone as it is: for many calls on one machine.
    ///
    /// # Errors
    /// When the window does not let itself be looked into.
    pub async fn treat_no_sound(&self) -> Outcome {
        self.first_run(UNTREATED).await?;
        self.script(&format!("{UNTREATED} return null")).await
    }

    /// From now on this window looks for the other side of a call where nobody is.
    ///
    /// # Errors
    /// When the window does not let itself be looked into.
    pub async fn mislead(&self) -> Outcome {
        self.script(&format!("{MISLED} return null")).await
    }

    /// How many addresses of the other side this window was told since, each of which leads nowhere.
    ///
    /// # Errors
    /// When it was not misled.
    pub async fn misled(&self) -> Outcome<u32> {
        self.script("return self.misled").await
    }

    /// What the latest connection of this window, or frame, says of itself.
    ///
    /// # Errors
    /// When it does not answer.
    pub async fn sound(&self) -> Outcome<Sound> {
        self.script(LISTEN).await
    }

    /// Waits until sound arrives here, packet after packet and more than silence, and leaves, too.
    ///
    /// # Errors
    /// When it never does.
    pub async fn talks(&self) -> Outcome<Sound> {
        let before = self.sound().await?;
        until("sound both ways", || async {
            let now = self.sound().await?;
            let since = if now.made == before.made {
                before.received
            } else {
                0
            };
            let flows = now.received > since + 25 && now.sent > 25 && now.energy > 0.0;
            Ok((flows && now.state == "connected").then_some(now))
        })
        .await
    }

    /// Opens the window of a call as the panel that is looked into would, before its request is accepted: one of many on this machine, so
    /// its sound is left as it is. Gives the window, which is looked into then.
    ///
    /// # Errors
    /// When none opens.
    pub async fn open_call(&self, stack: &Stack, name: &str) -> Outcome<WindowHandle> {
        let before = self.driver().windows().await?;
        let open = format!(
            "(self.calls ??= {{}})[{name}] = open('', {name}, 'popup,width=400,height=600'); return null",
            name = json!(name),
        );
        self.script::<()>(&open).await?;
        let window = until("the window of a call", || async {
            let now = self.driver().windows().await?;
            Ok(now.into_iter().find(|window| !before.contains(window)))
        })
        .await?;
        self.driver().switch_to_window(window.clone()).await?;
        self.first_run(NOTE).await?;
        self.first_run(UNTREATED).await?;
        let address = json!(format!("{}/panel/meridian/call", stack.origin()));
        self.script::<()>(&format!("location = {address}; return null"))
            .await?;
        self.see(".voice[data-stage='sending']").await?;
        Ok(window)
    }

    /// Tells a window of [`Self::open_call`] its request, from the page that opened it.
    ///
    /// # Errors
    /// When that page is not looked into.
    pub async fn hand_ticket(&self, name: &str, asked: &Asked) -> Outcome {
        let (id, receipt) = asked.credentials();
        let ticket = json!({"ringback": 1, "ticket": {"id": id, "receipt": receipt}, "name": "Meridian"});
        self.script(&format!(
            "calls[{}].postMessage({ticket}, location.origin); return null",
            json!(name)
        ))
        .await
    }

    /// Turns to the window whose address holds these words.
    ///
    /// # Errors
    /// When there is none.
    pub async fn turn_to(&self, words: &str) -> Outcome {
        until(format!("a window at {words}"), || async {
            for window in self.driver().windows().await? {
                self.driver().switch_to_window(window).await?;
                if self.driver().current_url().await?.as_str().contains(words) {
                    return Ok(Some(()));
                }
            }
            Ok(None)
        })
        .await
    }
}

impl Shopper {
    /// Gives a number, chooses to talk in the browser, and sends.
    ///
    /// # Errors
    /// When the form does not let them.
    pub async fn ask_to_talk(&self, phone: &str) -> Outcome {
        self.fill("#phone", phone).await?;
        self.read("#send", "Call me").await?;
        self.click("label:has(#voice)").await?;
        self.read("#send", "Talk").await?;
        self.see("ringback-voice .hint").await?;
        self.send().await
    }

    /// Turns to the window of the call, and notes what connections it makes.
    ///
    /// # Errors
    /// When none opens.
    pub async fn in_the_window(&self) -> Outcome {
        self.turn_to("/call").await?;
        self.see(".voice[data-stage]").await?;
        self.note_connections().await
    }

    /// Turns back to the panel in the shop.
    ///
    /// # Errors
    /// When it is not open.
    pub async fn in_the_shop(&self) -> Outcome {
        self.turn_to("/shop/").await?;
        self.enter_panel().await
    }

    /// Waits until the call stands so: `waiting`, `connecting`, `talking`, `reconnecting`, `phone`, `over`.
    ///
    /// # Errors
    /// When it never does.
    pub async fn call_is(&self, stage: &str) -> Outcome {
        self.see(&format!(".voice[data-stage='{stage}']")).await.map(drop)
    }

    /// Whether a window of a call is open.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn windows(&self) -> Outcome<usize> {
        match self.driver().windows().await?.len() {
            0 => broken("the browser has no window"),
            count => Ok(count),
        }
    }
}
