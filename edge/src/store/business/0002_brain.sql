ALTER TABLE agent ADD COLUMN kept_since INTEGER NOT NULL DEFAULT 0;
ALTER TABLE agent ADD COLUMN ahead TEXT;
UPDATE agent SET kept_since = since;

ALTER TABLE request ADD COLUMN joined_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE request ADD COLUMN attempt INTEGER NOT NULL DEFAULT 0;
ALTER TABLE request ADD COLUMN next_attempt_at INTEGER;
ALTER TABLE request ADD COLUMN missed TEXT;
ALTER TABLE request ADD COLUMN opened INTEGER NOT NULL DEFAULT 0;
ALTER TABLE request ADD COLUMN pressing INTEGER NOT NULL DEFAULT 0;
ALTER TABLE request ADD COLUMN predicted_low_ms INTEGER;
ALTER TABLE request ADD COLUMN predicted_ms INTEGER;
ALTER TABLE request ADD COLUMN predicted_high_ms INTEGER;
ALTER TABLE request ADD COLUMN announced TEXT;
ALTER TABLE request ADD COLUMN called_at INTEGER;
-- Whoever was dialled before attempts were counted was dialled once.
UPDATE request SET joined_at = queued_at, attempt = (customer_leg <> 'idle');
CREATE INDEX request_by_call ON request (called_at) WHERE called_at IS NOT NULL;

-- What was announced to those in line: the first wait, and each one that was longer than the one before, with its reason.
CREATE TABLE told (
  request TEXT NOT NULL,
  at INTEGER NOT NULL,
  low_ms INTEGER NOT NULL,
  mean_ms INTEGER NOT NULL,
  high_ms INTEGER NOT NULL,
  ahead INTEGER NOT NULL,
  helpers INTEGER NOT NULL,
  change TEXT,
  PRIMARY KEY (request, at)
) STRICT, WITHOUT ROWID;

CREATE TABLE evidence (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

DROP TABLE handling;
