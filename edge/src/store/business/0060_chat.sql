-- What customer and agent write to each other about a request.
CREATE TABLE message (
  request TEXT NOT NULL,
  n INTEGER NOT NULL,
  at INTEGER NOT NULL,
  author TEXT NOT NULL,
  agent TEXT,
  text TEXT NOT NULL,
  key TEXT NOT NULL,
  PRIMARY KEY (request, n),
  UNIQUE (request, author, key)
) STRICT, WITHOUT ROWID;
