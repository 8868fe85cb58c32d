CREATE TABLE leg (
  id TEXT PRIMARY KEY,
  phase TEXT NOT NULL,
  since INTEGER NOT NULL,
  leg TEXT NOT NULL
) STRICT;
CREATE INDEX leg_by_age ON leg (phase, since);
