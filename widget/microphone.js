/* The microphone: which one, whether it may be had, how loud it is. */
const KEPT = "ringback.microphone";
const MOVING_MS = 100, STILL_MS = 1e3;

// Browsers may deny storage: then the choice lasts as long as the page.
const kept = (act) => {
  try { return act(localStorage); } catch { return null; }
};

// Why there is none, by what browsers call it.
const WHY = { NotAllowedError: "denied", SecurityError: "denied", NotReadableError: "busy", AbortError: "busy" };

/* One that is opened when it is needed. `changed` is called at every change, `swapped` with another track in place of the first, or with
 * none where there is no other; both are set by whoever wants to know.
 */
export const microphone = () => {
  let stream, asked, context, beat, closed = false;
  const it = {
    trouble: "", device: kept((there) => there.getItem(KEPT)) ?? "", devices: [], level: 0, asking: false,
    changed() {}, swapped() {},
  };

  const stop = () => {
    clearInterval(beat);
    context?.close();
    stream?.getTracks().forEach((track) => track.stop());
    stream = asked = context = undefined;
    it.level = 0;
  };

  // Five steps, as people hear: each is twice as loud. Whoever wants less motion sees it once a second.
  const listen = () => {
    // Nothing is played: no way out is opened for it, where browsers know how.
    context = new AudioContext({ sinkId: { type: "none" } });
    const ear = context.createAnalyser(), samples = new Float32Array(ear.fftSize);
    context.createMediaStreamSource(stream).connect(ear);
    beat = setInterval(() => {
      // Suspended until somebody touches the page, in some browsers.
      if (context.state === "suspended") context.resume();
      ear.getFloatTimeDomainData(samples);
      const loud = Math.hypot(...samples) / Math.sqrt(samples.length);
      const level = Math.max(0, Math.min(5, Math.round(8 + Math.log2(loud + 1e-9))));
      if (level !== it.level) it.changed(it.level = level);
    }, matchMedia("(prefers-reduced-motion: reduce)").matches ? STILL_MS : MOVING_MS);
  };

  const open = () => asked ??= (async () => {
    try {
      it.asking = true;
      it.changed();
      const audio = it.device ? { deviceId: { ideal: it.device } } : true;
      const opened = await navigator.mediaDevices.getUserMedia({ audio });
      if (closed) {
        opened.getTracks().forEach((track) => track.stop());
        throw new Error("closed");
      }
      stream = opened;
      it.trouble = "";
      const [track] = stream.getAudioTracks();
      // Pulled out: another one will do, where there is one.
      track.onended = () => {
        it.device = "";
        again().catch(() => it.swapped());
      };
      it.device = track.getSettings().deviceId ?? it.device;
      const all = await navigator.mediaDevices.enumerateDevices();
      it.devices = all.filter(({ kind }) => kind === "audioinput").map(({ deviceId, label }) => ({ id: deviceId, label }));
      try { listen(); } catch { /* Without a meter one can talk as well. */ }
      return stream;
    } catch (why) {
      asked = undefined;
      it.trouble = WHY[why.name] ?? "none";
      throw why;
    } finally {
      it.asking = false;
      it.changed();
    }
  })();
  const again = async () => {
    stop();
    const [track] = (await open()).getAudioTracks();
    it.swapped(track);
  };

  return Object.assign(it, {
    /* The stream; asks for it where that was not done. Fails where there is none: `trouble` says why. */
    open,
    /* Another one, and the next time, too. */
    use(device) {
      it.device = device;
      kept((there) => there.setItem(KEPT, device));
      return again().catch(() => {});
    },
    close() {
      closed = true;
      stop();
    },
  });
};
