-- What its carrier billed for a leg, and for the legs of a call. Ten-thousandths.
ALTER TABLE leg ADD COLUMN price INTEGER;
ALTER TABLE dial ADD COLUMN billed INTEGER NOT NULL DEFAULT 0;

-- Equipment that bills more than its rates say, for a week.
CREATE TABLE dearer (
    via TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    -- The most that a minute did cost.
    per_minute INTEGER NOT NULL,
    -- The rates that were wrong. JSON.
    rates TEXT NOT NULL
) STRICT, WITHOUT ROWID;
