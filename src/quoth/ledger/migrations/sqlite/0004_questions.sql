-- What people judged of questions: that two are one, that some answers are a question of their own, what it is called.
-- A question is worked out anew each time and its id changes with the articles.  So a judgement keeps the question as
-- it stood: its slot, its event, and the statements that answered it, by whose words it is found again.

CREATE TABLE question_judgements (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,       -- content id of all columns below; each covers the one of this table before it
    kind TEXT NOT NULL CHECK (kind IN ('merge', 'split', 'name', 'withdraw')),
    subject TEXT NOT NULL,         -- the question's id as it was; withdraw: the id of a judgement of this table
    object TEXT,                   -- merge: the other question's id as it was; name: the words
    questions TEXT NOT NULL CHECK (json_valid(questions)),  -- those questions as they stood, statements by their ids
    parted TEXT NOT NULL CHECK (json_valid(parted)),  -- split: ids of the statements whose answers are taken out
    by TEXT NOT NULL,
    note TEXT,
    previous TEXT REFERENCES question_judgements (id),
    recorded_at TEXT NOT NULL,
    CHECK ((object IS NULL) = (kind IN ('split', 'withdraw'))),
    CHECK (json_array_length(questions) = CASE kind WHEN 'merge' THEN 2 WHEN 'withdraw' THEN 0 ELSE 1 END),
    CHECK ((json_array_length(parted) > 0) = (kind = 'split'))
) STRICT;

CREATE TRIGGER question_judgements_no_update BEFORE UPDATE ON question_judgements
BEGIN SELECT raise(ABORT, 'question_judgements is append-only: rows are never changed'); END;
CREATE TRIGGER question_judgements_no_delete BEFORE DELETE ON question_judgements
BEGIN SELECT raise(ABORT, 'question_judgements is append-only: rows are never deleted'); END;
CREATE TRIGGER question_judgements_no_replace BEFORE INSERT ON question_judgements
WHEN EXISTS (SELECT 1 FROM question_judgements WHERE id = NEW.id OR number = NEW.number)
BEGIN SELECT raise(ABORT, 'question_judgements is append-only: rows are never replaced'); END;

CREATE VIEW question_judgements_standing AS
SELECT * FROM question_judgements AS j
WHERE j.kind <> 'withdraw'
AND NOT EXISTS (SELECT 1 FROM question_judgements AS w WHERE w.subject = j.id AND w.kind = 'withdraw');
