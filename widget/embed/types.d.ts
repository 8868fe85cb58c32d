/** Whom a call is asked for; what is absent is as the page says otherwise. */
export interface Wish {
  skill?: string;
  expert?: string;
  to?: `agent:${string}` | `centre:${string}`;
  context?: unknown;
}

/** What is filled in for the customer, who can change it. */
export interface Fields extends Wish {
  /** As people write it at home, or with country code. */
  phone?: string;
  note?: string;
}

/** Who the customer is, signed by your server; or how to have it signed, asked whenever the panel is opened. */
export type Token = string | (() => string | undefined | Promise<string | undefined>);

/** Seconds: rarely shorter, rarely longer. */
export interface Wait {
  low_s: number;
  high_s: number;
}

/** Whom a button is about. */
export interface Availability {
  id: string;
  name: string;
  availability: "free" | "busy" | "away";
  /** What somebody who comes now may choose. */
  offer: "now" | "wait" | "slot" | "closed";
  /** UTC milliseconds. */
  opens_at?: number | null;
  wait?: Wait | null;
}

/** What is about to be sent. */
export interface Asking {
  skill: string | null;
  expert: string | null;
  to: string | null;
  /** UTC milliseconds; null for as soon as possible. */
  slot: number | null;
}

/** Where a request stands. */
export type State =
  | "scheduled"
  | "queued"
  | "reserving"
  | "dialing_customer"
  | "customer_on_hold"
  | "ringing_agent"
  | "connected"
  | "ended";

/** The customer's request. */
export interface Standing {
  /** Null without one. */
  state: State | null;
  /** A few words for people, in the customer's language. */
  text: string;
}
