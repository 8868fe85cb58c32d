-- Passkeys of members. Public keys: nobody signs in with what is kept here.
CREATE TABLE passkey (
  -- As authenticators call it, base64url.
  id TEXT PRIMARY KEY,
  member TEXT NOT NULL,
  -- What authenticators call the member; no address.
  handle TEXT NOT NULL,
  name TEXT NOT NULL,
  -- JSON.
  key TEXT NOT NULL,
  -- How often it signed, by its own count.
  counter INTEGER NOT NULL,
  -- 1 if it may be copied between its owner's devices.
  synced INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  used_at INTEGER
) STRICT;
CREATE INDEX passkey_by_member ON passkey (member);

-- What a browser was asked to have signed. Looked at once.
CREATE TABLE challenge (
  hash TEXT PRIMARY KEY,
  -- Of the session that makes a passkey; none where somebody signs in.
  session TEXT,
  made_at INTEGER NOT NULL
) STRICT;
CREATE INDEX challenge_by_age ON challenge (made_at);
