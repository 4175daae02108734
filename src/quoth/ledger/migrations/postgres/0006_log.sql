-- The log: an entry for each row of evidence, in the order in which they came, hashed into one tree (RFC 9162).
-- Its root is the case's head: whoever has noted the head down finds every later change of what was there by then.
-- What an entry hashes is in quoth.ledger.log; the rows that are there already are entered when this is applied.

CREATE TABLE quoth.log (
    number bigint PRIMARY KEY,  -- from 1 without a gap
    in_table text COLLATE "C" NOT NULL,
    row bigint NOT NULL,  -- the number of the row in its table
    leaf text COLLATE "C" NOT NULL,  -- SHA-256 of a zero byte and the canonical JSON of the row
    peak text COLLATE "C" NOT NULL,  -- root of the last 1, 2, 4, 8 … entries: as many as the lowest bit of number says
    UNIQUE (in_table, row)
);

-- Time stamps (RFC 3161) over heads: that the entries up to "size" were there by then.

CREATE TABLE quoth.anchors (
    number bigint PRIMARY KEY,
    id text COLLATE "C" NOT NULL UNIQUE,  -- content id of all columns below; each covers the anchor before it
    size bigint NOT NULL CHECK (size > 0),
    root text COLLATE "C" NOT NULL,  -- of the first "size" entries of the log
    authority text COLLATE "C" NOT NULL,  -- who stamped: the subject of its certificate
    url text COLLATE "C",  -- where it was asked; NULL: its answer came as a file
    stamped_at text COLLATE "C" NOT NULL,  -- by the authority's clock
    response bytea NOT NULL,  -- its whole answer (TimeStampResp), DER
    previous text COLLATE "C" REFERENCES quoth.anchors (id),
    recorded_at text COLLATE "C" NOT NULL
);

INSERT INTO quoth.numbers (name, highest) VALUES ('anchors', 0);
CREATE TRIGGER anchors_is_numbered BEFORE INSERT ON quoth.anchors
FOR EACH ROW EXECUTE FUNCTION quoth.give_number();
CREATE TRIGGER anchors_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON quoth.anchors
EXECUTE FUNCTION quoth.refuse();
CREATE TRIGGER log_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON quoth.log
EXECUTE FUNCTION quoth.refuse();
