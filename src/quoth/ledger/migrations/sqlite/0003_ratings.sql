-- How reliable an analyst holds a source: the letter of the Admiralty code (NATO STANAG 2511), for a name and, where it
-- is given, for a topic only.  The last row for a name and topic counts; one with the grade 'none' takes a rating back.

CREATE TABLE ratings (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,       -- content id of all columns below; each covers the rating before it
    name TEXT NOT NULL,            -- an outlet's or an agent's, any of its names
    topic TEXT,                    -- words that a question must hold; NULL: whatever is asked
    grade TEXT NOT NULL CHECK (grade IN ('A', 'B', 'C', 'D', 'E', 'F', 'none')),
    by TEXT NOT NULL,
    note TEXT,
    previous TEXT REFERENCES ratings (id),
    recorded_at TEXT NOT NULL
) STRICT;

CREATE TRIGGER ratings_no_update BEFORE UPDATE ON ratings
BEGIN SELECT raise(ABORT, 'ratings is append-only: rows are never changed'); END;
CREATE TRIGGER ratings_no_delete BEFORE DELETE ON ratings
BEGIN SELECT raise(ABORT, 'ratings is append-only: rows are never deleted'); END;
CREATE TRIGGER ratings_no_replace BEFORE INSERT ON ratings
WHEN EXISTS (SELECT 1 FROM ratings WHERE id = NEW.id OR number = NEW.number)
BEGIN SELECT raise(ABORT, 'ratings is append-only: rows are never replaced'); END;
