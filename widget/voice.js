/* One side of a call in the browser: its signalling, its connection, the sound. The customer's window and the desk each draw it in
 * their way; nothing here has words.
 *
 * Whatever fails leads to the telephone: the server is told in a word, and does the rest.
 */
import { line } from "./line.js";
import { microphone } from "./microphone.js";

// The browser itself gives up late, or never where nothing arrives at all.
const CONNECT_MS = 8e3, LOOK_MS = 500, STALL_MS = 2e3, SILENT_MS = 10e3;
// Another page of this side has the call now.
const ELSEWHERE = 4409;

export { microphone };

/* Takes part in the call at `path`; `unasked` answers by itself when it rings. `show` gets how it stands, at every change:
 *
 *   stage       opening, waiting, connecting, talking, reconnecting, phone (it goes on there), elsewhere, over
 *   call        as the server last said it; null before
 *   why         why it goes to the telephone, if this page said so
 *   silent      nothing was heard for so long that the telephone is to be offered
 *   muted, muffled (the browser wants a tap before it plays), since (when both were first connected), offline
 *   microphone  as microphone.js has it
 */
export const voice = (path, { protocols = [], headers = {}, ear = microphone(), unasked = false, show }) => {
  let call = null, peer, n = 0, offers, linked = false, heardAt, packets, deadline, look, early = [], chain = Promise.resolve();
  let last, over, joined = false, ready = false, muted = false, muffled = false, misses = 0;

  // What a page that is loaded again has to know: that there was a connection, and since when.
  const name = "ringback.voice." + path;
  const tab = (act) => {
    try { return act(sessionStorage); } catch { return null; }
  };
  let since = Number(tab((there) => there.getItem(name)));

  const speaker = new Audio();
  const play = () => speaker.play().then(() => muffled = false, ({ name }) => muffled = name === "NotAllowedError").then(tell);

  const silence = () => linked ? Date.now() - heardAt : 0;
  const stage = () => over ?? (last ? last.failed ? "phone" : "over" : !call ? "opening" : !linked && since && joined ? "reconnecting"
    : !peer ? "waiting" : !linked ? "connecting" : peer.connectionState === "connected" && silence() < STALL_MS ? "talking" : "reconnecting");
  let told;
  const tell = () => {
    const { trouble, device, devices, level, asking } = ear;
    const now = {
      stage: stage(), call, why: last?.failed ?? null, silent: silence() >= SILENT_MS, muted, muffled, since,
      offline: misses > 1, microphone: { trouble, device, devices, level, asking },
    };
    const text = JSON.stringify(now);
    if (text !== told) show(now, told = text);
  };
  ear.changed = tell;
  ear.swapped = (track) => {
    if (!track) return fail("microphone");
    track.enabled = !muted;
    peer?.getSenders()[0]?.replaceTrack(track);
  };

  const hush = () => {
    clearTimeout(deadline);
    clearInterval(look);
    if (peer) peer.ontrack = peer.onicecandidate = peer.onconnectionstatechange = null;
    peer?.close();
    peer = speaker.srcObject = null;
    linked = muffled = false;
    early = [];
  };
  const done = (how) => {
    over = how;
    hush();
    ear.close();
    wire.close();
    removeEventListener("pagehide", leaving);
    tab((there) => there.removeItem(name));
    tell();
  };

  // The last word of this side. It is said again until the server has heard it; where no line carries it, another way may.
  // Hanging up, the customer takes the request back: without a word the phone would ring of somebody who is gone.
  const other_way = () => {
    const to = last?.failed ? path : last && path.startsWith("/v1/sites/") && path.slice(0, path.lastIndexOf("/"));
    if (to) fetch(to, { method: "DELETE", headers, keepalive: true }).catch(() => {});
  };
  const finish = (word) => {
    if (last || over) return;
    last = word;
    hush();
    ear.close();
    if (!wire.say(word) && misses) other_way();
    tell();
  };
  const fail = (why) => finish({ failed: why });
  const broken = () => fail(since ? "lost" : "no_connection");

  const say = (about) => wire.say({ signal: { n, ...about } });
  const describe = async (how) => {
    await peer.setLocalDescription(how && await peer.createOffer(how));
    say({ sdp: peer.localDescription });
  };
  // Both sides notice it: one offer is enough, unless it was lost with the line.
  const restart = (lost) => offers ? (lost || peer.signalingState === "stable") && describe({ iceRestart: true }) : say({ restart: true });

  const changed = () => {
    const state = peer.connectionState;
    if (state === "connected") {
      clearTimeout(deadline);
      if (!linked) heardAt = Date.now();
      linked = true;
      since ||= Date.now();
      tab((there) => there.setItem(name, since));
      wire.say({ connected: n });
    }
    if (state === "disconnected") step(() => restart());
    if (state === "failed") broken();
    tell();
  };
  const count = async (mine) => {
    const stats = await mine.getStats();
    if (mine !== peer) return;
    for (const it of stats.values()) {
      if (it.type !== "inbound-rtp" || it.packetsReceived === packets) continue;
      packets = it.packetsReceived;
      heardAt = Date.now();
    }
    tell();
  };

  const connect = async ({ n: mine, offer, ice, relay }) => {
    hush();
    deadline = setTimeout(broken, CONNECT_MS);
    const stream = await ear.open().catch(() => fail("microphone"));
    if (!stream || mine !== n || last || over) return;
    offers = offer;
    peer = new RTCPeerConnection({ iceServers: ice, iceTransportPolicy: relay ? "relay" : "all", bundlePolicy: "max-bundle" });
    for (const track of stream.getTracks()) {
      track.enabled = !muted;
      peer.addTrack(track, stream);
    }
    peer.ontrack = ({ track }) => {
      speaker.srcObject = new MediaStream([track]);
      play();
    };
    let reachable = false;
    peer.onicecandidate = ({ candidate }) => {
      say({ ice: candidate });
      reachable ||= candidate?.protocol === "udp" || candidate?.type === "relay";
      // No way out of this network at all: nothing is to be waited for.
      if (!candidate && !reachable && !linked) broken();
    };
    peer.onconnectionstatechange = changed;
    look = setInterval(count, LOOK_MS, peer);
    tell();
    if (offer) await describe();
  };
  const signal = async ({ sdp, ice, restart: again }) => {
    if (again) return offers && restart();
    if (sdp) {
      await peer.setRemoteDescription(sdp);
      if (sdp.type === "offer") await describe();
      for (const candidate of early.splice(0)) await peer.addIceCandidate(candidate);
    } else if (peer.remoteDescription) await peer.addIceCandidate(ice ?? undefined);
    else early.push(ice ?? undefined);
  };
  // One after the other, in the order in which it was said. What does not fit is without effect: a connection that comes to nothing
  // is noticed by its timers.
  const step = (what) => chain = chain.then(what).catch(() => {});

  const answer = () => ear.open().then(() => ready = wire.say({ answered: true }) || true, () => fail("microphone"));

  let fresh = true;
  const hear = (frame) => {
    misses = 0;
    if (frame.call) {
      call = frame.call;
      // Handed on: whoever comes next is another connection.
      const talks = call.state === "connected";
      if (joined && !talks) {
        hush();
        since = 0;
      }
      joined = talks;
      // The line is there, for the first time or again: what may not have been heard is said again.
      if (fresh && last) wire.say(last);
      else if (fresh && linked) {
        wire.say({ connected: n });
        if (peer.connectionState === "disconnected") step(() => restart(true));
      } else if (fresh && ready && !peer) wire.say({ answered: true });
      else if (fresh && !peer && !frame.connect && /connected|ringing_agent/.test(call.state)) wire.say({ renew: true });
      fresh = false;
    }
    if (frame.ring && unasked) answer();
    if (frame.connect) {
      n = frame.connect.n;
      ready = false;
      step(() => connect(frame.connect));
    }
    if (frame.signal?.n === n) step(() => signal(frame.signal));
    if (frame.over) done(call?.switched ? "phone" : "over");
    tell();
  };

  const wire = line(path, protocols, {
    hear,
    lost(times) {
      misses = times;
      fresh = true;
      other_way();
      tell();
    },
    over: (code) => done(code === ELSEWHERE ? "elsewhere" : last?.failed || call?.switched ? "phone" : "over"),
  });
  const leaving = () => wire.say({ leaving: true });
  addEventListener("pagehide", leaving);

  return {
    /* Takes the call, once the microphone is there. */
    answer,
    mute(on) {
      muted = on;
      peer?.getSenders().forEach(({ track }) => track && (track.enabled = !on));
      tell();
    },
    use: ear.use,
    /* Plays what the browser did not play unasked; from a tap. */
    play,
    fail,
    hang_up: () => finish({ hang_up: true }),
    /* Leaves it, and tells nobody any more. */
    close() {
      show = () => {};
      over ?? done("over");
    },
  };
};
