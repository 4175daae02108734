-- Indexes by which statements are found without a walk through all of them, and in the view what each was read as.

CREATE INDEX documents_by_outlet ON quoth.documents USING hash (outlet);  -- a name may be long
CREATE INDEX statements_by_act ON quoth.statements (act);
CREATE INDEX statements_by_factuality ON quoth.statements (factuality);
CREATE INDEX statements_by_said ON quoth.statements (said_latest, said_earliest);
CREATE INDEX statements_by_said_earliest ON quoth.statements (said_earliest, said_latest);
CREATE INDEX judgements_that_correct ON quoth.judgements (object) WHERE kind = 'correct';

CREATE OR REPLACE VIEW quoth.statements_current AS
SELECT
    s.id, s.source, s.source_kind, s.source_text, s.cue, s.content, s.quote, s.act, s.factuality,
    s.said_earliest, s.said_latest, s.event,
    d.file, d.url, d.outlet, d.title, d.published,
    s.document_id, d.number AS document_number, x.ordinal, r.reader, r.recorded_at, s.payload,
    s.number AS statement_number, j.kind AS judgement, j.by AS judged_by,
    f.number AS read_number        -- of the statement as it was read: another one where that was corrected
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
