-- The log: an entry for each row of evidence, in the order in which they came, hashed into one tree (RFC 9162).
-- Its root is the case's head: whoever has noted the head down finds every later change of what was there by then.
-- What an entry hashes is in quoth.ledger.log; the rows that are there already are entered when this is applied.

CREATE TABLE log (
    number INTEGER PRIMARY KEY,    -- from 1 without a gap
    in_table TEXT NOT NULL,
    row INTEGER NOT NULL,          -- the number of the row in its table
    leaf TEXT NOT NULL,            -- SHA-256 of a zero byte and the canonical JSON of the row
    peak TEXT NOT NULL,            -- root of the last 1, 2, 4, 8 … entries: as many as the lowest bit of number says
    UNIQUE (in_table, row)
) STRICT;

-- Time stamps (RFC 3161) over heads: that the entries up to `size` were there by then.

CREATE TABLE anchors (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,       -- content id of all columns below; each covers the anchor before it
    size INTEGER NOT NULL CHECK (size > 0),
    root TEXT NOT NULL,            -- of the first `size` entries of the log
    authority TEXT NOT NULL,       -- who stamped: the subject of its certificate
    url TEXT,                      -- where it was asked; NULL: its answer came as a file
    stamped_at TEXT NOT NULL,      -- by the authority's clock
    response BLOB NOT NULL,        -- its whole answer (TimeStampResp), DER
    previous TEXT REFERENCES anchors (id),
    recorded_at TEXT NOT NULL
) STRICT;

CREATE TRIGGER log_no_update BEFORE UPDATE ON log
BEGIN SELECT raise(ABORT, 'log is append-only: rows are never changed'); END;
CREATE TRIGGER log_no_delete BEFORE DELETE ON log
BEGIN SELECT raise(ABORT, 'log is append-only: rows are never deleted'); END;
CREATE TRIGGER log_no_replace BEFORE INSERT ON log
WHEN EXISTS (SELECT 1 FROM log WHERE number = NEW.number OR (in_table = NEW.in_table AND row = NEW.row))
BEGIN SELECT raise(ABORT, 'log is append-only: rows are never replaced'); END;

CREATE TRIGGER anchors_no_update BEFORE UPDATE ON anchors
BEGIN SELECT raise(ABORT, 'anchors is append-only: rows are never changed'); END;
CREATE TRIGGER anchors_no_delete BEFORE DELETE ON anchors
BEGIN SELECT raise(ABORT, 'anchors is append-only: rows are never deleted'); END;
CREATE TRIGGER anchors_no_replace BEFORE INSERT ON anchors
WHEN EXISTS (SELECT 1 FROM anchors WHERE id = NEW.id OR number = NEW.number)
BEGIN SELECT raise(ABORT, 'anchors is append-only: rows are never replaced'); END;
