-- How reliable an analyst holds a source: the letter of the Admiralty code (NATO STANAG 2511), for a name and, where it
-- is given, for a topic only.  The last row for a name and topic counts; one with the grade 'none' takes a rating back.

CREATE TABLE quoth.ratings (
    number bigint PRIMARY KEY,
    id text COLLATE "C" NOT NULL UNIQUE,  -- content id of all columns below; each covers the rating before it
    name text COLLATE "C" NOT NULL,  -- an outlet's or an agent's, any of its names
    topic text COLLATE "C",  -- words that a question must hold; NULL: whatever is asked
    grade text COLLATE "C" NOT NULL CHECK (grade IN ('A', 'B', 'C', 'D', 'E', 'F', 'none')),
    by text COLLATE "C" NOT NULL,
    note text COLLATE "C",
    previous text COLLATE "C" REFERENCES quoth.ratings (id),
    recorded_at text COLLATE "C" NOT NULL
);

INSERT INTO quoth.numbers (name, highest) VALUES ('ratings', 0);
CREATE TRIGGER ratings_is_numbered BEFORE INSERT ON quoth.ratings
FOR EACH ROW EXECUTE FUNCTION quoth.give_number();
CREATE TRIGGER ratings_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON quoth.ratings
EXECUTE FUNCTION quoth.refuse();
