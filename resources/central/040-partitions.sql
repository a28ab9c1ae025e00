-- Partitions by day, ahead of time. Run daily by the centre's own scheduler, as central_owner or
-- an administrator; running it twice changes nothing. Answers what stands for each day:
--   'made', 'there', or 'rows in default' when rows of that day came before its partition did
-- (they are safe where they are; an administrator moves them when it suits).
SET ROLE central_owner;

CREATE OR REPLACE FUNCTION central.ensure_partitions(p_days integer DEFAULT 14)
RETURNS TABLE (day date, state text)
LANGUAGE plpgsql
SET search_path = pg_catalog, central, pg_temp SET lock_timeout = '2s' AS $$
#variable_conflict use_column
DECLARE
  v_today date := (clock_timestamp() AT TIME ZONE INTERVAL '8 hours')::date;
  v_day date;
  v_name text;
BEGIN
  IF p_days IS NULL OR p_days NOT BETWEEN 0 AND 400 THEN
    RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = 'days ahead: 0 to 400';
  END IF;
  FOR i IN 0..p_days LOOP
    v_day := v_today + i;
    v_name := 'event_' || to_char(v_day, 'YYYYMMDD');
    IF to_regclass('central.' || v_name) IS NOT NULL THEN
      RETURN QUERY SELECT v_day, 'there';
    ELSIF EXISTS (SELECT FROM central.event_default d WHERE d.day = v_day) THEN
      RETURN QUERY SELECT v_day, 'rows in default';
    ELSE
      EXECUTE format(
        'CREATE TABLE central.%I PARTITION OF central.event FOR VALUES FROM (%L) TO (%L)',
        v_name, v_day, v_day + 1);
      RETURN QUERY SELECT v_day, 'made';
    END IF;
  END LOOP;
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

REVOKE ALL ON FUNCTION central.ensure_partitions(integer), central.audit(text, integer)
  FROM PUBLIC;

RESET ROLE;
