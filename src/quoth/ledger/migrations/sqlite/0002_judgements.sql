-- What people judged of what readers found: which statements stand, and which names are one agent's.
-- Nothing is rewritten: a judgement is a row, and undoing it is another one.  Views decide what is shown.

CREATE TABLE judgements (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,       -- content id of all columns below; each covers the judgement before it
    kind TEXT NOT NULL CHECK (kind IN ('accept', 'reject', 'correct', 'same', 'apart', 'withdraw')),
    subject TEXT NOT NULL,         -- a statement's id; same, apart: a name; withdraw: a judgement's id
    object TEXT,                   -- correct: the id of the statement as corrected; same, apart: the other name
    document_id TEXT REFERENCES documents (id),  -- the statement's
    by TEXT NOT NULL,
    note TEXT,
    previous TEXT REFERENCES judgements (id),
    recorded_at TEXT NOT NULL,
    CHECK ((object IS NULL) = (kind IN ('accept', 'reject', 'withdraw'))),
    CHECK ((document_id IS NULL) = (kind IN ('same', 'apart', 'withdraw')))
) STRICT;

CREATE INDEX judgements_by_document ON judgements (document_id) WHERE document_id IS NOT NULL;
CREATE INDEX judgements_by_subject ON judgements (subject);

CREATE TRIGGER judgements_no_update BEFORE UPDATE ON judgements
BEGIN SELECT raise(ABORT, 'judgements is append-only: rows are never changed'); END;
CREATE TRIGGER judgements_no_delete BEFORE DELETE ON judgements
BEGIN SELECT raise(ABORT, 'judgements is append-only: rows are never deleted'); END;
CREATE TRIGGER judgements_no_replace BEFORE INSERT ON judgements
WHEN EXISTS (SELECT 1 FROM judgements WHERE id = NEW.id OR number = NEW.number)
BEGIN SELECT raise(ABORT, 'judgements is append-only: rows are never replaced'); END;

CREATE VIEW judgements_standing AS
SELECT * FROM judgements AS j
WHERE j.kind <> 'withdraw'
AND NOT EXISTS (SELECT 1 FROM judgements AS w WHERE w.subject = j.id AND w.kind = 'withdraw');

-- A judgement goes with the words: it holds for whatever statement a later reading makes of the same source, cue and
-- content.  The last one that stands is the one that counts.

DROP VIEW statements_current;

CREATE VIEW statements_current AS
SELECT
    s.id, s.source, s.source_kind, s.source_text, s.cue, s.content, s.quote, s.act, s.factuality,
    s.said_earliest, s.said_latest, s.event,
    d.file, d.url, d.outlet, d.title, d.published,
    s.document_id, d.number AS document_number, x.ordinal, r.reader, r.recorded_at, s.payload,
    s.number AS statement_number, j.kind AS judgement, j.by AS judged_by
FROM readings_current AS r
JOIN documents AS d ON d.id = r.document_id
JOIN reading_statements AS x ON x.reading_id = r.id
JOIN statements AS f ON f.id = x.statement_id
LEFT JOIN judgements AS j ON j.number = (
    SELECT max(k.number) FROM judgements_standing AS k JOIN statements AS m ON m.id = k.subject
    WHERE k.document_id = f.document_id
    AND m.payload ->> '$.content.spans' = f.payload ->> '$.content.spans'
    AND m.payload ->> '$.source.spans' = f.payload ->> '$.source.spans'
    AND m.payload ->> '$.cue.spans' IS f.payload ->> '$.cue.spans'
)
JOIN statements AS s ON s.id = CASE WHEN j.kind = 'correct' THEN j.object ELSE f.id END
WHERE j.kind IS NOT 'reject';
