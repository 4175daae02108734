-- What people judged of what readers found: which statements stand, and which names are one agent's.
-- Nothing is rewritten: a judgement is a row, and undoing it is another one.  Views decide what is shown.

CREATE TABLE quoth.judgements (
    number bigint PRIMARY KEY,
    id text COLLATE "C" NOT NULL UNIQUE,  -- content id of all columns below; each covers the judgement before it
    kind text COLLATE "C" NOT NULL CHECK (kind IN ('accept', 'reject', 'correct', 'same', 'apart', 'withdraw')),
    subject text COLLATE "C" NOT NULL,  -- a statement's id; same, apart: a name; withdraw: a judgement's id
    object text COLLATE "C",  -- correct: the id of the statement as corrected; same, apart: the other name
    document_id text COLLATE "C" REFERENCES quoth.documents (id),  -- the statement's
    by text COLLATE "C" NOT NULL,
    note text COLLATE "C",
    previous text COLLATE "C" REFERENCES quoth.judgements (id),
    recorded_at text COLLATE "C" NOT NULL,
    CHECK ((object IS NULL) = (kind IN ('accept', 'reject', 'withdraw'))),
    CHECK ((document_id IS NULL) = (kind IN ('same', 'apart', 'withdraw')))
);

CREATE INDEX judgements_by_document ON quoth.judgements (document_id) WHERE document_id IS NOT NULL;
CREATE INDEX judgements_by_subject ON quoth.judgements USING hash (subject);  -- a name may be long

INSERT INTO quoth.numbers (name, highest) VALUES ('judgements', 0);
CREATE TRIGGER judgements_is_numbered BEFORE INSERT ON quoth.judgements
FOR EACH ROW EXECUTE FUNCTION quoth.give_number();
CREATE TRIGGER judgements_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON quoth.judgements
EXECUTE FUNCTION quoth.refuse();

CREATE VIEW quoth.judgements_standing AS
SELECT * FROM quoth.judgements AS j
WHERE j.kind <> 'withdraw'
AND NOT EXISTS (SELECT 1 FROM quoth.judgements AS w WHERE w.subject = j.id AND w.kind = 'withdraw');

-- A judgement goes with the words: it holds for whatever statement a later reading makes of the same source, cue and
-- content.  The last one that stands is the one that counts.

DROP VIEW quoth.statements_current;

CREATE VIEW quoth.statements_current AS
SELECT
    s.id, s.source, s.source_kind, s.source_text, s.cue, s.content, s.quote, s.act, s.factuality,
    s.said_earliest, s.said_latest, s.event,
    d.file, d.url, d.outlet, d.title, d.published,
    s.document_id, d.number AS document_number, x.ordinal, r.reader, r.recorded_at, s.payload,
    s.number AS statement_number, j.kind AS judgement, j.by AS judged_by
FROM quoth.readings_current AS r
JOIN quoth.documents AS d ON d.id = r.document_id
JOIN quoth.reading_statements AS x ON x.reading_id = r.id
JOIN quoth.statements AS f ON f.id = x.statement_id
LEFT JOIN quoth.judgements AS j ON j.number = (
    SELECT max(k.number) FROM quoth.judgements_standing AS k JOIN quoth.statements AS m ON m.id = k.subject
    WHERE k.document_id = f.document_id
    AND m.payload::json #>> '{content,spans}' = f.payload::json #>> '{content,spans}'
    AND m.payload::json #>> '{source,spans}' = f.payload::json #>> '{source,spans}'
    AND m.payload::json #>> '{cue,spans}' IS NOT DISTINCT FROM f.payload::json #>> '{cue,spans}'
)
JOIN quoth.statements AS s ON s.id = CASE WHEN j.kind = 'correct' THEN j.object ELSE f.id END
WHERE j.kind IS DISTINCT FROM 'reject';
