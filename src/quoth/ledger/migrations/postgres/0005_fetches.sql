-- When which address of the web was asked, and what came.  The bytes themselves are in originals, under sha256.

CREATE TABLE quoth.fetches (
    number bigint PRIMARY KEY,
    id text COLLATE "C" NOT NULL UNIQUE,  -- content id of all columns below; each covers the fetch before it
    url text COLLATE "C" NOT NULL,  -- as it was asked for
    answered text COLLATE "C" NOT NULL,  -- the address that answered, after all redirections
    status integer NOT NULL,  -- HTTP's; 304: what came last time still stood
    sha256 text COLLATE "C",  -- of the body; NULL where there was none, or none that counts
    etag text COLLATE "C",
    last_modified text COLLATE "C",
    content_type text COLLATE "C",
    retrieved text COLLATE "C" NOT NULL,
    previous text COLLATE "C" REFERENCES quoth.fetches (id),
    recorded_at text COLLATE "C" NOT NULL
);

CREATE INDEX fetches_by_url ON quoth.fetches USING hash (url) WHERE sha256 IS NOT NULL;  -- an address may be long

INSERT INTO quoth.numbers (name, highest) VALUES ('fetches', 0);
CREATE TRIGGER fetches_is_numbered BEFORE INSERT ON quoth.fetches
FOR EACH ROW EXECUTE FUNCTION quoth.give_number();
CREATE TRIGGER fetches_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON quoth.fetches
EXECUTE FUNCTION quoth.refuse();
