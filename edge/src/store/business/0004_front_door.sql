-- Secrets that the business's own server signs with. The secret itself is derived, and kept nowhere.
CREATE TABLE secret (
  id TEXT PRIMARY KEY,
  hash TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  last_used_at INTEGER
) STRICT;

-- Signed requests that were refused, by day and reason.
CREATE TABLE refusal (
  day INTEGER NOT NULL,
  reason TEXT NOT NULL,
  count INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  PRIMARY KEY (day, reason)
) STRICT, WITHOUT ROWID;
