-- What people judged of questions: that two are one, that some answers are a question of their own, what it is called.
-- A question is worked out anew each time and its id changes with the articles.  So a judgement keeps the question as
-- it stood: its slot, its event, and the statements that answered it, by whose words it is found again.

CREATE TABLE quoth.question_judgements (
    number bigint PRIMARY KEY,
    id text COLLATE "C" NOT NULL UNIQUE,  -- content id of all columns below; each covers the one of this table before it
    kind text COLLATE "C" NOT NULL CHECK (kind IN ('merge', 'split', 'name', 'withdraw')),
    subject text COLLATE "C" NOT NULL,  -- the question's id as it was; withdraw: the id of a judgement of this table
    object text COLLATE "C",  -- merge: the other question's id as it was; name: the words
    questions text COLLATE "C" NOT NULL CHECK (questions::json IS NOT NULL),  -- those questions as they stood, statements by their ids
    parted text COLLATE "C" NOT NULL CHECK (parted::json IS NOT NULL),  -- split: ids of the statements whose answers are taken out
    by text COLLATE "C" NOT NULL,
    note text COLLATE "C",
    previous text COLLATE "C" REFERENCES quoth.question_judgements (id),
    recorded_at text COLLATE "C" NOT NULL,
    CHECK ((object IS NULL) = (kind IN ('split', 'withdraw'))),
    CHECK (json_array_length(questions::json) = CASE kind WHEN 'merge' THEN 2 WHEN 'withdraw' THEN 0 ELSE 1 END),
    CHECK ((json_array_length(parted::json) > 0) = (kind = 'split'))
);

INSERT INTO quoth.numbers (name, highest) VALUES ('question_judgements', 0);
CREATE TRIGGER question_judgements_is_numbered BEFORE INSERT ON quoth.question_judgements
FOR EACH ROW EXECUTE FUNCTION quoth.give_number();
CREATE TRIGGER question_judgements_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON quoth.question_judgements
EXECUTE FUNCTION quoth.refuse();

CREATE VIEW quoth.question_judgements_standing AS
SELECT * FROM quoth.question_judgements AS j
WHERE j.kind <> 'withdraw'
AND NOT EXISTS (SELECT 1 FROM quoth.question_judgements AS w WHERE w.subject = j.id AND w.kind = 'withdraw');
