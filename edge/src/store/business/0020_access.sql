-- One kind of session, for desk and console. A session of before lasts as long as it would have, but its cookie has another name now.
ALTER TABLE session RENAME TO session_before;
CREATE TABLE session (
  token_hash TEXT PRIMARY KEY,
  way TEXT NOT NULL,
  -- A member, by address; none for those who came in with a code.
  member TEXT,
  -- The demo's agent.
  agent TEXT,
  browser TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL
) STRICT;
CREATE INDEX session_by_member ON session (member) WHERE member IS NOT NULL;
INSERT INTO session SELECT token_hash, 'demo', NULL, agent, '', expires_at - 43200000, expires_at, expires_at FROM session_before;
DROP TABLE session_before;
DROP TABLE console_session;

-- Links that were asked for. What a link says is derived from its id, and kept nowhere.
CREATE TABLE link (
  id TEXT PRIMARY KEY,
  email TEXT NOT NULL,
  place TEXT NOT NULL,
  -- The browser that asked.
  browser_hash TEXT NOT NULL,
  made_at INTEGER NOT NULL
) STRICT;
CREATE INDEX link_by_age ON link (made_at);

-- Who did what. Only ever added to; each line carries the hash of the one before.
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  session TEXT,
  verb TEXT NOT NULL,
  what TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
