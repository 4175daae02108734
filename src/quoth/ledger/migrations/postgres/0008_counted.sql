-- Whoever adds rows says their numbers, and what was a command for each row is one for all of a command's rows.  To count
-- each by itself left a dead copy of the counter for every row of a transaction, and the next one had to step over them all.

CREATE FUNCTION quoth.count_rows() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    lowest bigint;
    last bigint;
    rows bigint;
BEGIN
    SELECT min(number), max(number), count(*) INTO lowest, last, rows FROM added;
    IF rows = 0 THEN
        RETURN NULL;
    END IF;
    UPDATE quoth.numbers SET highest = last
    WHERE name = TG_TABLE_NAME AND highest = lowest - 1 AND last = highest + rows;
    IF NOT FOUND THEN
        RAISE EXCEPTION '% counts its rows without a gap: % to % are not the next ones', TG_TABLE_NAME, lowest, last
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END
$$;

DROP TRIGGER documents_is_numbered ON quoth.documents;
CREATE TRIGGER documents_is_counted AFTER INSERT ON quoth.documents REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION quoth.count_rows();
DROP TRIGGER statements_is_numbered ON quoth.statements;
CREATE TRIGGER statements_is_counted AFTER INSERT ON quoth.statements REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION quoth.count_rows();
DROP TRIGGER readings_is_numbered ON quoth.readings;
CREATE TRIGGER readings_is_counted AFTER INSERT ON quoth.readings REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION quoth.count_rows();
DROP TRIGGER judgements_is_numbered ON quoth.judgements;
CREATE TRIGGER judgements_is_counted AFTER INSERT ON quoth.judgements REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION quoth.count_rows();
DROP TRIGGER question_judgements_is_numbered ON quoth.question_judgements;
CREATE TRIGGER question_judgements_is_counted AFTER INSERT ON quoth.question_judgements REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION quoth.count_rows();
DROP TRIGGER ratings_is_numbered ON quoth.ratings;
CREATE TRIGGER ratings_is_counted AFTER INSERT ON quoth.ratings REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION quoth.count_rows();
DROP TRIGGER failures_is_numbered ON quoth.failures;
CREATE TRIGGER failures_is_counted AFTER INSERT ON quoth.failures REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION quoth.count_rows();
DROP TRIGGER fetches_is_numbered ON quoth.fetches;
CREATE TRIGGER fetches_is_counted AFTER INSERT ON quoth.fetches REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION quoth.count_rows();
DROP TRIGGER anchors_is_numbered ON quoth.anchors;
CREATE TRIGGER anchors_is_counted AFTER INSERT ON quoth.anchors REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION quoth.count_rows();

DROP FUNCTION quoth.give_number();
