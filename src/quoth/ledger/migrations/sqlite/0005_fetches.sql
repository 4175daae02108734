-- When which address of the web was asked, and what came.  The bytes themselves are kept beside the case, under sha256.

CREATE TABLE fetches (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,       -- content id of all columns below; each covers the fetch before it
    url TEXT NOT NULL,             -- as it was asked for
    answered TEXT NOT NULL,        -- the address that answered, after all redirections
    status INTEGER NOT NULL,       -- HTTP's; 304: what came last time still stood
    sha256 TEXT,                   -- of the body; NULL where there was none, or none that counts
    etag TEXT,
    last_modified TEXT,
    content_type TEXT,
    retrieved TEXT NOT NULL,
    previous TEXT REFERENCES fetches (id),
    recorded_at TEXT NOT NULL
) STRICT;

CREATE INDEX fetches_by_url ON fetches (url, number) WHERE sha256 IS NOT NULL;

CREATE TRIGGER fetches_no_update BEFORE UPDATE ON fetches
BEGIN SELECT raise(ABORT, 'fetches is append-only: rows are never changed'); END;
CREATE TRIGGER fetches_no_delete BEFORE DELETE ON fetches
BEGIN SELECT raise(ABORT, 'fetches is append-only: rows are never deleted'); END;
CREATE TRIGGER fetches_no_replace BEFORE INSERT ON fetches
WHEN EXISTS (SELECT 1 FROM fetches WHERE id = NEW.id OR number = NEW.number)
BEGIN SELECT raise(ABORT, 'fetches is append-only: rows are never replaced'); END;
