-- Sessions of the console: whoever has one may set the business up.
CREATE TABLE console_session (
  token_hash TEXT PRIMARY KEY,
  expires_at INTEGER NOT NULL
) STRICT;

-- Origins of pages on which the script tag was seen.
CREATE TABLE seen (
  origin TEXT PRIMARY KEY,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL
) STRICT;

-- Reports look at a time.
CREATE INDEX request_by_birth ON request (created_at);
