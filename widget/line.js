/* A socket of our origin that comes back by itself, with growing pauses, until it is closed for good. */
const PING_MS = 25e3, ANSWER_MS = 8e3, LONGEST_PAUSE_MS = 15e3;
// Closed with one of these, it is not to be opened again in the same way.
const FINAL = 4000;

/* Opens it. `hear` gets what it says, `lost` how many times in a row it was lost, and `over` the code with which it was closed for good. */
export const line = (path, protocols, { hear, lost, over }) => {
  let socket, misses = 0, retry, deadline;

  // What was sent is answered at once: a line that needs longer is dead, although nobody has said so.
  const expect = () => deadline ??= setTimeout(miss, ANSWER_MS);
  const answered = () => deadline = clearTimeout(deadline);
  const forget = () => {
    answered();
    clearTimeout(retry);
    if (socket) socket.onmessage = socket.onclose = null;
    socket?.close();
    socket = undefined;
  };
  const miss = () => {
    forget();
    misses++;
    retry = setTimeout(open, Math.min(LONGEST_PAUSE_MS, 500 * 2 ** misses) * (.75 + Math.random() / 2));
    lost(misses);
  };
  const open = () => {
    forget();
    socket = new WebSocket(`ws${location.origin.slice(4)}${path}`, protocols);
    expect();
    socket.onmessage = ({ data }) => {
      answered();
      misses = 0;
      if (data !== "pong") hear(JSON.parse(data));
    };
    socket.onclose = ({ code }) => {
      if (code < FINAL) return miss();
      close();
      over(code);
    };
  };
  const send = (text) => {
    if (socket?.readyState !== 1) return false;
    socket.send(text);
    return true;
  };

  // Back in a network, it does not wait for its pause to end.
  const network = () => {
    if (!socket) navigator.onLine ? open() : lost(misses);
  };
  addEventListener("online", network);
  addEventListener("offline", network);
  const beat = setInterval(() => send("ping") && expect(), PING_MS);
  const close = () => {
    clearInterval(beat);
    removeEventListener("online", network);
    removeEventListener("offline", network);
    forget();
  };
  open();
  return {
    close,
    /* Says something; false while there is no line that could carry it. */
    say: (it) => send(JSON.stringify(it)),
    /* Says something that is answered at once. */
    ask: (it) => send(JSON.stringify(it)) && expect(),
  };
};
