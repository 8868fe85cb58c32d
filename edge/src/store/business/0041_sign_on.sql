-- The client's secret of the company's own sign-in, sealed for its issuer.
CREATE TABLE sign_on (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  sealed TEXT NOT NULL,
  kept_at INTEGER NOT NULL
) STRICT;

-- Sign-ins that are under way there. Looked at once; what else belongs to one is derived from its state.
CREATE TABLE sign_on_state (
  hash TEXT PRIMARY KEY,
  issuer TEXT NOT NULL,
  place TEXT NOT NULL,
  -- The browser that began.
  browser_hash TEXT NOT NULL,
  made_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sign_on_state_by_age ON sign_on_state (made_at);
