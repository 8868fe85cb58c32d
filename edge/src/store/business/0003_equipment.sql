ALTER TABLE request ADD COLUMN ended_by TEXT;
ALTER TABLE request ADD COLUMN origin TEXT NOT NULL DEFAULT 'page';
ALTER TABLE request ADD COLUMN route TEXT NOT NULL DEFAULT '"distributed"';
ALTER TABLE request ADD COLUMN asked_for TEXT;
ALTER TABLE request ADD COLUMN announcement TEXT;
ALTER TABLE request ADD COLUMN via TEXT;
ALTER TABLE request ADD COLUMN failed TEXT NOT NULL DEFAULT '[]';
ALTER TABLE request ADD COLUMN rerouted INTEGER NOT NULL DEFAULT 0;
ALTER TABLE request ADD COLUMN hearing TEXT NOT NULL DEFAULT '"nothing"';
-- Calls that are under way are the sandbox's: there was nothing else.
UPDATE request SET via = 'sandbox' WHERE state <> 'ended';
UPDATE request SET hearing = '"music"' WHERE state IN ('customer_on_hold', 'ringing_agent');
-- Nobody hears the end of what a farewell in the old form said; the leg ends with the hang-up that inquiries bring.
DELETE FROM outbox WHERE json_extract(payload, '$.effect.farewell') IS NOT NULL;
UPDATE outbox SET payload = json_set(payload, '$.via', 'sandbox');

-- 1 while an attempt may have reached the carrier.
ALTER TABLE outbox ADD COLUMN unsure INTEGER NOT NULL DEFAULT 0;

-- Every leg that was ever ordered: what it costs, and what carriers call it.
CREATE TABLE leg (
  id TEXT PRIMARY KEY,
  request TEXT NOT NULL,
  party TEXT NOT NULL,
  via TEXT NOT NULL,
  phone TEXT NOT NULL,
  reference TEXT,
  ordered_at INTEGER NOT NULL,
  answered_at INTEGER,
  joined_at INTEGER,
  ended_at INTEGER,
  ended TEXT
) STRICT;
CREATE INDEX leg_by_end ON leg (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX leg_by_phone ON leg (phone, ordered_at);

-- Credentials, encrypted, and the last thing that went wrong.
CREATE TABLE equipment (
  id TEXT PRIMARY KEY,
  sealed TEXT,
  fault TEXT,
  fault_at INTEGER
) STRICT;
