-- The evidence: documents, what readers made of them, and what could not be read.
-- Rows are only ever added.  Numbers count from 1 without a gap, so that a missing row shows.
-- Days are ISO 8601 calendar days; recorded_at is UTC, ISO 8601.  Payloads are canonical JSON.

CREATE TABLE migrations (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,          -- of the migration's SQL, UTF-8
    recorded_at TEXT NOT NULL
) STRICT;

CREATE TABLE documents (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    sha256 TEXT NOT NULL,          -- of the bytes that were given
    file TEXT,
    url TEXT,
    outlet TEXT,
    title TEXT,
    language TEXT NOT NULL,
    published TEXT,
    updated TEXT,
    text TEXT NOT NULL,            -- offsets of spans are code points of this
    text_sha256 TEXT NOT NULL,     -- of the text, UTF-8
    payload TEXT NOT NULL CHECK (json_valid(payload)),  -- the document without its text
    seal TEXT NOT NULL,            -- content id of payload, text_sha256 and recorded_at
    recorded_at TEXT NOT NULL
) STRICT;

CREATE TABLE statements (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,       -- content id of the payload without its id
    document_id TEXT NOT NULL REFERENCES documents (id),
    source TEXT NOT NULL,          -- the resolved name
    source_kind TEXT,
    source_text TEXT NOT NULL,     -- the document's words for it
    cue TEXT,
    content TEXT NOT NULL,
    quote TEXT NOT NULL,
    act TEXT NOT NULL,
    factuality TEXT NOT NULL,
    said_earliest TEXT,
    said_latest TEXT,
    event TEXT,                    -- lemma of the main event's predicate
    payload TEXT NOT NULL CHECK (json_valid(payload))
) STRICT;

CREATE INDEX statements_by_document ON statements (document_id);

CREATE TABLE readings (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,       -- content id of document, reader, statement ids, notes, recorded_at and previous
    document_id TEXT NOT NULL REFERENCES documents (id),
    reader TEXT NOT NULL,          -- name and version
    notes TEXT NOT NULL CHECK (json_valid(notes)),
    previous TEXT REFERENCES readings (id),  -- the document's reading before this one
    recorded_at TEXT NOT NULL
) STRICT;

CREATE INDEX readings_by_document ON readings (document_id, number);

CREATE TABLE reading_statements (
    reading_id TEXT NOT NULL REFERENCES readings (id),
    ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
    statement_id TEXT NOT NULL REFERENCES statements (id),
    PRIMARY KEY (reading_id, ordinal),
    UNIQUE (statement_id, reading_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE failures (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,       -- content id of location, code, message and recorded_at
    location TEXT NOT NULL,        -- the file, address or document that failed
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    UNIQUE (location, code, message)
) STRICT;

-- What people look at.

CREATE VIEW readings_current AS
SELECT * FROM readings AS r
WHERE r.number = (SELECT max(s.number) FROM readings AS s WHERE s.document_id = r.document_id);

CREATE VIEW statements_current AS
SELECT
    s.id, s.source, s.source_kind, s.source_text, s.cue, s.content, s.quote, s.act, s.factuality,
    s.said_earliest, s.said_latest, s.event,
    d.file, d.url, d.outlet, d.title, d.published,
    s.document_id, d.number AS document_number, x.ordinal, r.reader, r.recorded_at, s.payload,
    s.number AS statement_number
FROM readings_current AS r
JOIN documents AS d ON d.id = r.document_id
JOIN reading_statements AS x ON x.reading_id = r.id
JOIN statements AS s ON s.id = x.statement_id;

CREATE VIEW documents_unread AS
SELECT d.* FROM documents AS d WHERE NOT EXISTS (SELECT 1 FROM readings AS r WHERE r.document_id = d.id);

-- Search.  Derived from the evidence and holding no copy of it.

CREATE VIRTUAL TABLE documents_search USING fts5 (
    title, text, content = 'documents', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
);

CREATE VIRTUAL TABLE statements_search USING fts5 (
    source, source_text, content,
    content = 'statements', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TRIGGER documents_are_searched AFTER INSERT ON documents BEGIN
    INSERT INTO documents_search (rowid, title, text) VALUES (NEW.number, NEW.title, NEW.text);
END;

CREATE TRIGGER statements_are_searched AFTER INSERT ON statements BEGIN
    INSERT INTO statements_search (rowid, source, source_text, content)
    VALUES (NEW.number, NEW.source, NEW.source_text, NEW.content);
END;

-- Evidence is never rewritten.  The triggers on INSERT stop INSERT OR REPLACE, which deletes without a word.

CREATE TRIGGER migrations_no_update BEFORE UPDATE ON migrations
BEGIN SELECT raise(ABORT, 'migrations is append-only: rows are never changed'); END;
CREATE TRIGGER migrations_no_delete BEFORE DELETE ON migrations
BEGIN SELECT raise(ABORT, 'migrations is append-only: rows are never deleted'); END;
CREATE TRIGGER migrations_no_replace BEFORE INSERT ON migrations
WHEN EXISTS (SELECT 1 FROM migrations WHERE number = NEW.number)
BEGIN SELECT raise(ABORT, 'migrations is append-only: rows are never replaced'); END;

CREATE TRIGGER documents_no_update BEFORE UPDATE ON documents
BEGIN SELECT raise(ABORT, 'documents is append-only: rows are never changed'); END;
CREATE TRIGGER documents_no_delete BEFORE DELETE ON documents
BEGIN SELECT raise(ABORT, 'documents is append-only: rows are never deleted'); END;
CREATE TRIGGER documents_no_replace BEFORE INSERT ON documents
WHEN EXISTS (SELECT 1 FROM documents WHERE id = NEW.id OR number = NEW.number)
BEGIN SELECT raise(ABORT, 'documents is append-only: rows are never replaced'); END;

CREATE TRIGGER statements_no_update BEFORE UPDATE ON statements
BEGIN SELECT raise(ABORT, 'statements is append-only: rows are never changed'); END;
CREATE TRIGGER statements_no_delete BEFORE DELETE ON statements
BEGIN SELECT raise(ABORT, 'statements is append-only: rows are never deleted'); END;
CREATE TRIGGER statements_no_replace BEFORE INSERT ON statements
WHEN EXISTS (SELECT 1 FROM statements WHERE id = NEW.id OR number = NEW.number)
BEGIN SELECT raise(ABORT, 'statements is append-only: rows are never replaced'); END;

CREATE TRIGGER readings_no_update BEFORE UPDATE ON readings
BEGIN SELECT raise(ABORT, 'readings is append-only: rows are never changed'); END;
CREATE TRIGGER readings_no_delete BEFORE DELETE ON readings
BEGIN SELECT raise(ABORT, 'readings is append-only: rows are never deleted'); END;
CREATE TRIGGER readings_no_replace BEFORE INSERT ON readings
WHEN EXISTS (SELECT 1 FROM readings WHERE id = NEW.id OR number = NEW.number)
BEGIN SELECT raise(ABORT, 'readings is append-only: rows are never replaced'); END;

CREATE TRIGGER reading_statements_no_update BEFORE UPDATE ON reading_statements
BEGIN SELECT raise(ABORT, 'reading_statements is append-only: rows are never changed'); END;
CREATE TRIGGER reading_statements_no_delete BEFORE DELETE ON reading_statements
BEGIN SELECT raise(ABORT, 'reading_statements is append-only: rows are never deleted'); END;
CREATE TRIGGER reading_statements_no_replace BEFORE INSERT ON reading_statements
WHEN EXISTS (
    SELECT 1 FROM reading_statements
    WHERE reading_id = NEW.reading_id AND (ordinal = NEW.ordinal OR statement_id = NEW.statement_id)
)
BEGIN SELECT raise(ABORT, 'reading_statements is append-only: rows are never replaced'); END;

CREATE TRIGGER failures_no_update BEFORE UPDATE ON failures
BEGIN SELECT raise(ABORT, 'failures is append-only: rows are never changed'); END;
CREATE TRIGGER failures_no_delete BEFORE DELETE ON failures
BEGIN SELECT raise(ABORT, 'failures is append-only: rows are never deleted'); END;
CREATE TRIGGER failures_no_replace BEFORE INSERT ON failures
WHEN EXISTS (
    SELECT 1 FROM failures
    WHERE id = NEW.id OR number = NEW.number
    OR (location = NEW.location AND code = NEW.code AND message = NEW.message)
)
BEGIN SELECT raise(ABORT, 'failures is append-only: rows are never replaced'); END;
