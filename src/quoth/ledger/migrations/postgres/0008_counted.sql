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

DO $$
DECLARE
    counted text;
BEGIN
    FOR counted IN SELECT name FROM quoth.numbers ORDER BY name LOOP
        EXECUTE format('DROP TRIGGER %I ON quoth.%I', counted || '_is_numbered', counted);
        EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON quoth.%I REFERENCING NEW TABLE AS added
            FOR EACH STATEMENT EXECUTE FUNCTION quoth.count_rows()', counted || '_is_counted', counted);
    END LOOP;
END
$$;

DROP FUNCTION quoth.give_number();
