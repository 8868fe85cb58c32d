CREATE TABLE business (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  site TEXT NOT NULL,
  document TEXT NOT NULL
) STRICT;

CREATE TABLE agent (
  id TEXT PRIMARY KEY,
  state TEXT NOT NULL,
  since INTEGER NOT NULL,
  idle_since INTEGER NOT NULL,
  next TEXT NOT NULL,
  request TEXT
) STRICT;

CREATE TABLE request (
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  state TEXT NOT NULL,
  reason TEXT,
  created_at INTEGER NOT NULL,
  queued_at INTEGER NOT NULL,
  phone TEXT NOT NULL,
  skill TEXT,
  expert TEXT,
  note TEXT NOT NULL,
  slot INTEGER,
  page TEXT,
  trail TEXT NOT NULL,
  zone TEXT,
  consent INTEGER NOT NULL,
  agent TEXT,
  agent_tries INTEGER NOT NULL,
  passed_over TEXT NOT NULL,
  customer_leg TEXT NOT NULL,
  agent_leg TEXT NOT NULL,
  answered_at INTEGER,
  connected_at INTEGER,
  ended_at INTEGER,
  disposition TEXT
) STRICT;
CREATE INDEX request_open ON request (state) WHERE state <> 'ended';
CREATE INDEX request_by_agent ON request (agent, ended_at) WHERE state = 'ended';

CREATE TABLE transition (
  request TEXT NOT NULL,
  version INTEGER NOT NULL,
  at INTEGER NOT NULL,
  state TEXT NOT NULL,
  customer_leg TEXT NOT NULL,
  agent_leg TEXT NOT NULL,
  agent TEXT,
  reason TEXT,
  PRIMARY KEY (request, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE timer (
  what TEXT PRIMARY KEY,
  due INTEGER NOT NULL
) STRICT;

CREATE TABLE handling (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  calls INTEGER NOT NULL,
  total_s INTEGER NOT NULL
) STRICT;

CREATE TABLE idempotency (
  key TEXT PRIMARY KEY,
  body_hash TEXT NOT NULL,
  answer TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX idempotency_by_age ON idempotency (at);

CREATE TABLE heard (
  id TEXT PRIMARY KEY,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX heard_by_age ON heard (at);

CREATE TABLE session (
  token_hash TEXT PRIMARY KEY,
  agent TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;
