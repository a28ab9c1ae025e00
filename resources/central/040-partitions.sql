-- Partitions by day, ahead of time: made by the centre's own job, which signs in as a member of
-- central_keeper, or by an administrator.
SET ROLE central_owner;

-- The partition of a day, whether it stands or not.
CREATE OR REPLACE FUNCTION central.partition_of(p_day date) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT 'event_' || to_char(p_day, 'YYYYMMDD')
$$;

CREATE OR REPLACE FUNCTION central.today() RETURNS date
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT (clock_timestamp() AT TIME ZONE INTERVAL '8 hours')::date
$$;

-- Makes what is missing for today and p_days more; doing it twice changes nothing. Answers what
-- stands for each day: 'made', 'there', or 'rows in default' when rows of that day came before its
-- partition did (they are safe where they are; central.empty_default moves them).
-- With its owner's rights, so that every partition belongs to central_owner.
CREATE OR REPLACE FUNCTION central.ensure_partitions(p_days integer DEFAULT 14)
RETURNS TABLE (day date, state text)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, central, pg_temp SET lock_timeout = '2s' AS $$
#variable_conflict use_column
DECLARE
  v_day date;
BEGIN
  IF p_days IS NULL OR p_days NOT BETWEEN 0 AND 400 THEN
    RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = 'days ahead: 0 to 400';
  END IF;
  FOR i IN 0..p_days LOOP
    v_day := central.today() + i;
    IF to_regclass('central.' || central.partition_of(v_day)) IS NOT NULL THEN
      RETURN QUERY SELECT v_day, 'there';
    ELSIF EXISTS (SELECT FROM central.event_default d WHERE d.day = v_day) THEN
      RETURN QUERY SELECT v_day, 'rows in default';
    ELSE
      EXECUTE format(
        'CREATE TABLE central.%I PARTITION OF central.event FOR VALUES FROM (%L) TO (%L)',
        central.partition_of(v_day), v_day, v_day + 1);
      RETURN QUERY SELECT v_day, 'made';
    END IF;
  END LOOP;
END
$$;

-- Moves what stands in the default partition to the partitions of its days, and answers how many
-- rows of each. Pushes wait meanwhile, and consoles whose batch gives up send it again: for an
-- administrator, at a quiet time.
CREATE OR REPLACE FUNCTION central.empty_default() RETURNS TABLE (day date, moved bigint)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, central, pg_temp SET lock_timeout = '2s' AS $$
#variable_conflict use_column
DECLARE
  v_day date;
  v_moved bigint;
BEGIN
  LOCK TABLE central.event IN ACCESS EXCLUSIVE MODE;
  FOR v_day IN SELECT DISTINCT d.day FROM central.event_default d ORDER BY 1 LOOP
    EXECUTE format('CREATE TABLE central.%I (LIKE central.event)', central.partition_of(v_day));
    EXECUTE format(
      'WITH moved AS (DELETE FROM central.event_default d WHERE d.day = %L RETURNING d.*)'
      'INSERT INTO central.%I SELECT * FROM moved', v_day, central.partition_of(v_day));
    GET DIAGNOSTICS v_moved = ROW_COUNT;
    EXECUTE format(
      'ALTER TABLE central.event ATTACH PARTITION central.%I FOR VALUES FROM (%L) TO (%L)',
      central.partition_of(v_day), v_day, v_day + 1);
    RETURN QUERY SELECT v_day, v_moved;
  END LOOP;
END
$$;

-- How the partitions stand: 'rows-in-default', 'days-short' when one is missing of today and the
-- p_days after it, else 'fine'. Told to every console with its greeting.
CREATE OR REPLACE FUNCTION central.partition_state(p_days integer DEFAULT 3) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, central, pg_temp AS $$
  SELECT CASE
    WHEN EXISTS (SELECT FROM central.event_default) THEN 'rows-in-default'
    WHEN EXISTS (
      SELECT FROM generate_series(0, p_days) i
      WHERE to_regclass('central.' || central.partition_of(central.today() + i)) IS NULL
    ) THEN 'days-short'
    ELSE 'fine'
  END
$$;

-- Re-counts and re-hashes what is held of one console's epoch, for an auditor: events, first and
-- last seq, and the first seq whose hash is wrong or missing (null when the chain is whole and
-- ends at the head).
CREATE OR REPLACE FUNCTION central.audit(p_console text, p_epoch integer)
RETURNS TABLE (events bigint, first_seq bigint, last_seq bigint, bad_seq bigint)
LANGUAGE sql STABLE SET search_path = pg_catalog, central, pg_temp AS $$
  WITH held AS (
    SELECT e.seq, e.hash, e.body,
      coalesce(lag(e.hash) OVER w, decode(repeat('00', 32), 'hex')) AS prev,
      coalesce(lag(e.seq) OVER w, 0) AS prev_seq
    FROM central.event e
    WHERE e.console_id = p_console AND e.epoch = p_epoch
    WINDOW w AS (ORDER BY e.seq)
  ), summed AS (
    SELECT count(*) AS n, min(seq) AS lo, max(seq) AS hi,
      min(seq) FILTER (WHERE seq <> prev_seq + 1 OR hash <> sha256(prev || body)) AS bad
    FROM held
  )
  SELECT s.n, s.lo, s.hi, coalesce(s.bad, CASE
    WHEN coalesce(c.head_seq, 0) <> coalesce(s.hi, 0) THEN coalesce(s.hi, 0) + 1 END)
  FROM summed s
  LEFT JOIN central.chain c ON c.console_id = p_console AND c.epoch = p_epoch;
$$;

REVOKE ALL ON FUNCTION
  central.partition_of(date),
  central.today(),
  central.ensure_partitions(integer),
  central.empty_default(),
  central.partition_state(integer),
  central.audit(text, integer)
FROM PUBLIC;
GRANT EXECUTE ON FUNCTION central.ensure_partitions(integer) TO central_keeper;

RESET ROLE;
