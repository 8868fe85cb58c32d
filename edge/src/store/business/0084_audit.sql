-- The last line that was erased: the chain begins after it.
CREATE TABLE audit_start (one INTEGER PRIMARY KEY CHECK (one = 1), seq INTEGER NOT NULL, hash TEXT NOT NULL) STRICT;

-- How far the log was gone through this time, and what was found: this time, and the time before.
CREATE TABLE audit_round (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL,
    broken_at INTEGER,
    before_broken_at INTEGER,
    -- When the end was last reached.
    ended_at INTEGER
) STRICT;

-- What anybody can do as often as they like: when a line said it, and how often it has happened since.
CREATE TABLE audit_rare (
    who TEXT NOT NULL,
    verb TEXT NOT NULL,
    what TEXT NOT NULL,
    at INTEGER NOT NULL,
    more INTEGER NOT NULL,
    PRIMARY KEY (who, verb, what)
) STRICT, WITHOUT ROWID;
