//! Every bound on what comes from outside. A bound is part of the public API: raising one is harmless, lowering one breaks callers.

/// Bytes of a request body. A full trail of long addresses stays under 20 kB; the rest is room.
pub const MAX_BODY_BYTES: usize = 32 * 1024;
/// Bytes of the document that describes a business: 500 agents of 200 bytes are 100 kB.
pub const MAX_DOCUMENT_BYTES: usize = 256 * 1024;
/// Characters of the shopper's note: what an agent reads in the seconds before "hello".
pub const MAX_NOTE_CHARS: usize = 500;
/// Characters of an agent's words about a call.
pub const MAX_DISPOSITION_CHARS: usize = 2000;
/// Characters of an order number.
pub const MAX_ORDER_CHARS: usize = 64;
/// Characters of a number as typed: digits, and what people put between them.
pub const MAX_PHONE_CHARS: usize = 60;
/// Characters of a page address. Longer ones are tracking parameters that no agent reads.
pub const MAX_URL_CHARS: usize = 2000;
/// Characters of a page title.
pub const MAX_TITLE_CHARS: usize = 200;
/// Characters of what a page says of itself to the agent.
pub const MAX_CONTEXT_CHARS: usize = 500;
/// Characters of the signed word of a business's server about a customer.
pub const MAX_TOKEN_CHARS: usize = 4096;
/// Facts in one such word: what an agent reads before "hello".
pub const MAX_FACTS: usize = 12;
/// Pages viewed shortly before that travel with a request.
pub const MAX_TRAIL: usize = 10;
/// Characters of a language tag: as many as RFC 5646 advises to have room for.
pub const MAX_LANGUAGE_CHARS: usize = 35;
/// Characters of an id.
pub const MAX_ID_CHARS: usize = 64;
/// Characters of an idempotency key.
pub const MAX_IDEMPOTENCY_KEY_CHARS: usize = 100;
/// Characters of a name of a business, a skill or a person.
pub const MAX_NAME_CHARS: usize = 80;
/// Reasons to be away of one business.
pub const MAX_BREAKS: usize = 30;
/// Outcomes of calls of one business.
pub const MAX_DISPOSITIONS: usize = 30;
/// Earlier calls with the same customer that an agent is shown.
pub const MAX_HISTORY: i64 = 8;
/// Requests in line that a supervisor is shown.
pub const MAX_FLOOR: usize = 100;
/// Times that one request may go from agent to agent: more is going round in circles.
pub const MAX_HANDOVERS: usize = 20;
/// Members of one business: its agents, and as many besides.
pub const MAX_MEMBERS: usize = 1000;
/// Characters of an e-mail address (RFC 5321: 254).
pub const MAX_EMAIL_CHARS: usize = 254;
/// Skills of one business.
pub const MAX_SKILLS: usize = 64;
/// Levels of a skill, and priorities.
pub const MAX_LEVEL: u8 = 9;
/// Attempts to reach one customer for one request.
pub const MAX_ATTEMPTS: u32 = 10;
/// Steps in which a request is opened to further levels, and spacings of attempts.
pub const MAX_STEPS: usize = 10;
/// Agents of one business.
pub const MAX_AGENTS: usize = 500;
/// Requests that wait at one business at once. Above it the shopper is told to try later: a line of a day is no offer.
pub const MAX_OPEN_REQUESTS: usize = 5000;
/// Live sockets at one business: about 335 kB each were measured, so 200 MB at the most.
pub const MAX_SOCKETS: usize = 600;
/// Of these, those that anybody may open; the rest is kept for desks.
pub const MAX_PUBLIC_SOCKETS: usize = 450;
/// Of these, those that one network may open where half of them are taken.
pub const MAX_SOCKETS_OF_ONE: usize = 20;
/// Sockets, whosever they are, beyond which no customer's talk is opened: following a request comes before writing about it.
pub const MAX_SOCKETS_TO_TALK: usize = 350;
/// Characters of one message between customer and agent: what somebody reads during a call.
pub const MAX_MESSAGE_CHARS: usize = 1000;
/// Messages of one request.
pub const MAX_MESSAGES: u32 = 200;
/// Messages of one author within a minute: more than anybody types.
pub const MAX_MESSAGES_A_MINUTE: u32 = 20;
/// What one side may send to a talk through one socket within a minute, kept or not.
pub const MAX_TALK_FRAMES_A_MINUTE: u32 = 60;
/// Bytes of what a browser says through the socket of a call: descriptions of audio with many codecs are 6 kB.
pub const MAX_SIGNAL_BYTES: usize = 16 * 1024;
/// What one browser may say about its call within a minute: both sides' candidates of several networks are 30.
pub const MAX_SIGNALS_A_MINUTE: u32 = 120;
/// Connections of one call: more is two browsers that find no way to each other.
pub const MAX_CONNECTIONS: u32 = 30;
/// Entries of one list of hours: seven days of a lunch break and a rest.
pub const MAX_SPANS: usize = 50;
/// Exceptions of one thing's hours: the holidays of a decade.
pub const MAX_EXCEPTIONS: usize = 200;
/// Parts of the day that one exception opens.
pub const MAX_SPANS_PER_DAY: usize = 10;
/// Rules of one business. Each page view may look at all of them.
pub const MAX_RULES: usize = 100;
/// Characters of a pattern in a rule.
pub const MAX_PATTERN_CHARS: usize = 200;
/// Names of cookies, of meta tags and of `data-…` attributes that all rules together may look at, each.
pub const MAX_READS: usize = 20;
/// Types and categories of a page that are looked at.
pub const MAX_PRODUCT_TYPES: usize = 10;
/// Characters of what a page tells of itself, in one text that is not its address.
pub const MAX_FACT_CHARS: usize = 200;
/// Pieces of calling equipment of one business.
pub const MAX_EQUIPMENT: usize = 16;
/// Prefixes, and rates, of one piece of equipment: there are fewer country codes.
pub const MAX_PREFIXES: usize = 300;
/// Service centres of one business.
pub const MAX_CENTRES: usize = 100;
/// Languages of a business's own announcements.
pub const MAX_LANGUAGES: usize = 50;
/// Endpoints of one business that are told what happens.
pub const MAX_WEBHOOKS: usize = 10;
/// Days that anything is kept at the most, and at the least.
pub const KEPT_DAYS: core::ops::RangeInclusive<u32> = 1..=3650;
/// Messages that wait for one business's endpoints at once: a day of a busy one, while all of its endpoints are down.
pub const MAX_WAITING: i64 = 10_000;
/// Days ahead that a business may have a call made.
pub const MAX_DAYS_AHEAD: i64 = 30;
/// Domains whose SIP addresses a business calls.
pub const MAX_SIP_DOMAINS: usize = 100;
/// Characters of a SIP address.
pub const MAX_SIP_CHARS: usize = 200;
/// Characters of an activity that a phone publishes: RFC 4480 has none of more than 20.
pub const MAX_ACTIVITY_CHARS: usize = 64;
/// Characters of a note that a phone publishes.
pub const MAX_PUBLISHED_NOTE_CHARS: usize = 200;
/// Seconds that a publication holds: servers usually allow an hour, and a day is as long as anybody works.
pub const MAX_PUBLICATION_S: u32 = 86_400;
/// Seconds that a SIP server's clock may be ahead of ours.
pub const MAX_CLOCK_AHEAD_S: i64 = 60;
