// What a merchant's programmer writes; the tests compile it and let nothing of it be `any`.
import { load, type Availability, type Options, type Ringback, type TalkToRepAttributes } from "@ringback/embed";

const options: Options = { edge: "https://edge.example", site: "meridian", skill: "cruises", customerToken: "a.b.c" };
const ringback: Ringback = load(options);

const stop: () => void = ringback.on("availability", (event) => {
  const now: Availability = event.detail;
  document.title = now.availability === "free" && now.wait ? `${now.wait.low_s}` : now.name;
});
ringback.on("beforerequest", (event) => {
  const skill: string | null = event.detail.skill;
  if (skill === "cruises") event.preventDefault();
});
ringback.on("state", (event) => {
  if (event.detail.state === "connected") stop();
});
document.addEventListener("ringback:state", (event) => event.detail.text.trim());

ringback.identify(async () => (await fetch("/token")).text());
ringback.request({ phone: "020 7946 0958", note: "Cabin 7", to: "agent:ana" });
ringback.consent(true);
ringback.destroy();

const button = document.createElement("talk-to-rep");
button.setAttribute("skill", "cruises");
const attributes: TalkToRepAttributes = { skill: "cruises", "customer-token": "a.b.c" };

// @ts-expect-error There is no such command.
ringback.dial("+442079460958");
// @ts-expect-error There is no such event.
ringback.on("called", () => {});
// @ts-expect-error A business is needed.
load({ edge: "https://edge.example" });
// @ts-expect-error There is no such place.
ringback.open({ to: "somebody" });

export { attributes, button };
