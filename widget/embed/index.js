// Puts the loader's script tag into the page and speaks to it. What it knows of the loader's words stands in interface.js.
import { ATTRIBUTES, COMMANDS } from "./interface.js";

const browser = typeof document !== "undefined";

// Calls of before are kept by the same stub as on a page without this package.
const call = (...words) => {
  if (!browser) return;
  self.Ringback ||= function () {
    (self.Ringback.q ||= []).push(arguments);
  };
  self.Ringback(...words);
};

const ringback = {
  on(event, listener) {
    if (!browser) return () => {};
    const name = "ringback:" + event;
    document.addEventListener(name, listener);
    return () => document.removeEventListener(name, listener);
  },
};
for (const command of COMMANDS) ringback[command] = (...more) => call(command, ...more);

// A page that requires Trusted Types allows this policy by name: `trusted-types ringback`.
let policy;
const trusted = (address) => {
  policy ||= self.trustedTypes?.createPolicy("ringback", { createScriptURL: (it) => it });
  return policy ? policy.createScriptURL(address) : address;
};

let tag;

export function load({ edge, path = "/v1/ringback.js", integrity, nonce, ...options }) {
  if (!browser) return ringback;
  const address = new URL(path, edge).href;
  tag ||= [...document.scripts].find((it) => it.src === address);
  const there = !!tag;
  tag ||= document.createElement("script");
  for (const name of ATTRIBUTES) if (options[name] != null) tag.dataset[name] = options[name];
  if (there) {
    call("init"); // Begins anew after `destroy`, and is nothing while it runs.
    return ringback;
  }
  tag.async = true;
  if (nonce) tag.nonce = nonce;
  if (integrity) Object.assign(tag, { integrity, crossOrigin: "anonymous" });
  tag.src = trusted(address);
  document.head.append(tag);
  return ringback;
}
