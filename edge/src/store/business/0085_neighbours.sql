-- What numbers share with their neighbours is a digest, too, and is kept for a day. No digest can be made here of what stood in its place.
ALTER TABLE asked RENAME TO asked_before;
CREATE TABLE asked (
    request TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    number TEXT NOT NULL,
    -- For a day, and not of customers who were erased.
    neighbourhood TEXT,
    network TEXT
) STRICT, WITHOUT ROWID;
INSERT INTO asked (request, at, number, network) SELECT request, at, number, network FROM asked_before;
DROP TABLE asked_before;
