-- What the dial policy remembers. Numbers and networks stand here as digests made with the business's salt.

CREATE TABLE salt (one INTEGER PRIMARY KEY CHECK (one = 1), value TEXT NOT NULL) STRICT;

-- Requests that were accepted, for a week; their networks for a day.
CREATE TABLE asked (
    request TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    number TEXT NOT NULL,
    neighbourhood TEXT NOT NULL,
    network TEXT
) STRICT, WITHOUT ROWID;

-- Calls to customers, for a week: what was set aside for them, and what they did cost. Ten-thousandths.
CREATE TABLE dial (
    leg TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    number TEXT NOT NULL,
    per_minute INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    answered_at INTEGER,
    cost INTEGER
) STRICT, WITHOUT ROWID;

-- Numbers that are never called again.
CREATE TABLE suppression (
    number TEXT PRIMARY KEY,
    masked TEXT NOT NULL,
    reason TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Requests that could be dialled, but for the policy.
CREATE TABLE held (
    request TEXT PRIMARY KEY,
    why TEXT NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What somebody agreed to, and how it came about.
CREATE TABLE consent (
    request TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    -- page, business or agent.
    source TEXT NOT NULL,
    text_id TEXT NOT NULL,
    text_sha256 TEXT NOT NULL,
    language TEXT NOT NULL,
    -- The network without its last part: 24 bits of an IPv4 address, 48 of an IPv6 address.
    network TEXT
) STRICT, WITHOUT ROWID;
