-- The evidence: documents, what readers made of them, and what could not be read.
-- The same tables, columns and views as in a case file (../sqlite), in a schema of their own.
-- Rows are only ever added.  Numbers count from 1 without a gap, so that a missing row shows.
-- Days are ISO 8601 calendar days; recorded_at is UTC, ISO 8601.  Payloads are canonical JSON, kept as the text
-- that was hashed.  Text is compared by code point (COLLATE "C"), whatever the language of the server.

CREATE TABLE quoth.migrations (
    number integer PRIMARY KEY,
    name text COLLATE "C" NOT NULL,
    sha256 text COLLATE "C" NOT NULL,  -- of the migration's SQL, UTF-8
    recorded_at text COLLATE "C" NOT NULL
);

CREATE TABLE quoth.documents (
    number bigint PRIMARY KEY,
    id text COLLATE "C" NOT NULL UNIQUE,
    sha256 text COLLATE "C" NOT NULL,  -- of the bytes that were given
    file text COLLATE "C",
    url text COLLATE "C",
    outlet text COLLATE "C",
    title text COLLATE "C",
    language text COLLATE "C" NOT NULL,
    published text COLLATE "C",
    updated text COLLATE "C",
    text text COLLATE "C" NOT NULL,  -- offsets of spans are code points of this
    text_sha256 text COLLATE "C" NOT NULL,  -- of the text, UTF-8
    payload text COLLATE "C" NOT NULL CHECK (payload::json IS NOT NULL),  -- the document without its text
    seal text COLLATE "C" NOT NULL,  -- content id of payload, text_sha256 and recorded_at
    recorded_at text COLLATE "C" NOT NULL
);

CREATE TABLE quoth.statements (
    number bigint PRIMARY KEY,
    id text COLLATE "C" NOT NULL UNIQUE,  -- content id of the payload without its id
    document_id text COLLATE "C" NOT NULL REFERENCES quoth.documents (id),
    source text COLLATE "C" NOT NULL,  -- the resolved name
    source_kind text COLLATE "C",
    source_text text COLLATE "C" NOT NULL,  -- the document's words for it
    cue text COLLATE "C",
    content text COLLATE "C" NOT NULL,
    quote text COLLATE "C" NOT NULL,
    act text COLLATE "C" NOT NULL,
    factuality text COLLATE "C" NOT NULL,
    said_earliest text COLLATE "C",
    said_latest text COLLATE "C",
    event text COLLATE "C",  -- lemma of the main event's predicate
    payload text COLLATE "C" NOT NULL CHECK (payload::json IS NOT NULL)
);

CREATE INDEX statements_by_document ON quoth.statements (document_id);

CREATE TABLE quoth.readings (
    number bigint PRIMARY KEY,
    id text COLLATE "C" NOT NULL UNIQUE,  -- content id of document, reader, statement ids, notes, recorded_at and previous
    document_id text COLLATE "C" NOT NULL REFERENCES quoth.documents (id),
    reader text COLLATE "C" NOT NULL,  -- name and version
    notes text COLLATE "C" NOT NULL CHECK (notes::json IS NOT NULL),
    previous text COLLATE "C" REFERENCES quoth.readings (id),  -- the document's reading before this one
    recorded_at text COLLATE "C" NOT NULL
);

CREATE INDEX readings_by_document ON quoth.readings (document_id, number);

CREATE TABLE quoth.reading_statements (
    reading_id text COLLATE "C" NOT NULL REFERENCES quoth.readings (id),
    ordinal integer NOT NULL CHECK (ordinal >= 0),
    statement_id text COLLATE "C" NOT NULL REFERENCES quoth.statements (id),
    PRIMARY KEY (reading_id, ordinal),
    UNIQUE (statement_id, reading_id)
);

CREATE TABLE quoth.failures (
    number bigint PRIMARY KEY,
    id text COLLATE "C" NOT NULL UNIQUE,  -- content id of location, code, message and recorded_at
    location text COLLATE "C" NOT NULL,  -- the file, address or document that failed
    code text COLLATE "C" NOT NULL,
    message text COLLATE "C" NOT NULL,
    recorded_at text COLLATE "C" NOT NULL
);

CREATE UNIQUE INDEX failures_once ON quoth.failures (md5(location), code, md5(message));

-- The bytes that documents were made of, as they came: what a folder beside a case file holds.

CREATE TABLE quoth.originals (
    sha256 text COLLATE "C" PRIMARY KEY,
    data bytea NOT NULL
);

-- What people look at.

CREATE VIEW quoth.readings_current AS
SELECT * FROM quoth.readings AS r
WHERE r.number = (SELECT max(s.number) FROM quoth.readings AS s WHERE s.document_id = r.document_id);

CREATE VIEW quoth.statements_current AS
SELECT
    s.id, s.source, s.source_kind, s.source_text, s.cue, s.content, s.quote, s.act, s.factuality,
    s.said_earliest, s.said_latest, s.event,
    d.file, d.url, d.outlet, d.title, d.published,
    s.document_id, d.number AS document_number, x.ordinal, r.reader, r.recorded_at, s.payload,
    s.number AS statement_number
FROM quoth.readings_current AS r
JOIN quoth.documents AS d ON d.id = r.document_id
JOIN quoth.reading_statements AS x ON x.reading_id = r.id
JOIN quoth.statements AS s ON s.id = x.statement_id;

CREATE VIEW quoth.documents_unread AS
SELECT d.* FROM quoth.documents AS d WHERE NOT EXISTS (SELECT 1 FROM quoth.readings AS r WHERE r.document_id = d.id);

-- Search.  Derived from the evidence: words as Quoth folds them (src/quoth/ledger/folding.py), each between blanks, and the
-- same as a vector that an index finds them by; none where a text has too many different words for one.

CREATE FUNCTION quoth.vector(folded text) RETURNS tsvector LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN sum(octet_length(word)) > 900000 THEN NULL ELSE array_to_tsvector(array_agg(word)) END
    FROM (SELECT DISTINCT left(word, 100) AS word FROM unnest(string_to_array(folded, ' ')) AS word WHERE word <> '') AS w
$$;

CREATE TABLE quoth.documents_search (
    number bigint PRIMARY KEY REFERENCES quoth.documents (number),
    title text COLLATE "C" NOT NULL,
    text text COLLATE "C" NOT NULL,
    words tsvector GENERATED ALWAYS AS (quoth.vector(title || text)) STORED
);

CREATE INDEX documents_search_by_words ON quoth.documents_search USING gin (words);
CREATE INDEX documents_search_without_words ON quoth.documents_search (number) WHERE words IS NULL;

CREATE TABLE quoth.statements_search (
    number bigint PRIMARY KEY REFERENCES quoth.statements (number),
    source text COLLATE "C" NOT NULL,
    source_text text COLLATE "C" NOT NULL,
    content text COLLATE "C" NOT NULL,
    words tsvector GENERATED ALWAYS AS (quoth.vector(source || source_text || content)) STORED
);

CREATE INDEX statements_search_by_words ON quoth.statements_search USING gin (words);
CREATE INDEX statements_search_without_words ON quoth.statements_search (number) WHERE words IS NULL;

-- Numbers.  The highest one of each table is counted here, in the transaction that uses it: one that fails leaves no gap,
-- and a last row that is deleted shows.  Whoever may only add rows cannot change a number.

CREATE TABLE quoth.numbers (
    name text COLLATE "C" PRIMARY KEY,  -- of the table
    highest bigint NOT NULL CHECK (highest >= 0)
);

INSERT INTO quoth.numbers (name, highest) VALUES ('documents', 0), ('statements', 0), ('readings', 0), ('failures', 0);

CREATE FUNCTION quoth.give_number() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    UPDATE quoth.numbers SET highest = highest + 1 WHERE name = TG_TABLE_NAME RETURNING highest INTO STRICT NEW.number;
    RETURN NEW;
END
$$;

CREATE TRIGGER documents_is_numbered BEFORE INSERT ON quoth.documents
FOR EACH ROW EXECUTE FUNCTION quoth.give_number();
CREATE TRIGGER statements_is_numbered BEFORE INSERT ON quoth.statements
FOR EACH ROW EXECUTE FUNCTION quoth.give_number();
CREATE TRIGGER readings_is_numbered BEFORE INSERT ON quoth.readings
FOR EACH ROW EXECUTE FUNCTION quoth.give_number();
CREATE TRIGGER failures_is_numbered BEFORE INSERT ON quoth.failures
FOR EACH ROW EXECUTE FUNCTION quoth.give_number();

-- Evidence is never rewritten.

CREATE FUNCTION quoth.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: rows are never %', TG_TABLE_NAME,
        CASE TG_OP WHEN 'UPDATE' THEN 'changed' ELSE 'deleted' END
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;

CREATE TRIGGER migrations_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON quoth.migrations
EXECUTE FUNCTION quoth.refuse();
CREATE TRIGGER documents_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON quoth.documents
EXECUTE FUNCTION quoth.refuse();
CREATE TRIGGER statements_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON quoth.statements
EXECUTE FUNCTION quoth.refuse();
CREATE TRIGGER readings_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON quoth.readings
EXECUTE FUNCTION quoth.refuse();
CREATE TRIGGER reading_statements_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON quoth.reading_statements
EXECUTE FUNCTION quoth.refuse();
CREATE TRIGGER failures_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON quoth.failures
EXECUTE FUNCTION quoth.refuse();
CREATE TRIGGER originals_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON quoth.originals
EXECUTE FUNCTION quoth.refuse();
