-- The two functions a console may execute. They run with their owner's rights and a fixed search
-- path, and know the console by the login of the session (session_user, which SET ROLE leaves).
--
-- Refusals, each with the seq it is about:
--   P0C01 login not enrolled   P0E01 epoch closed   P0G01 gap   P0F01 fork   P0H01 wrong hash
--   P0L01 too many rows        P0L02 too many bytes             P0B01 malformed batch
SET ROLE central_owner;

CREATE OR REPLACE FUNCTION central.console_of_session() RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, central, pg_temp AS $$
DECLARE
  v_console text;
BEGIN
  SELECT c.console_id INTO v_console FROM central.console c WHERE c.login = session_user;
  IF v_console IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'P0C01',
      MESSAGE = format('login %s speaks for no enrolled console', session_user);
  END IF;
  RETURN v_console;
END
$$;

-- What the centre holds of this console's epoch, and how much it takes at once.
-- p_seq and p_hash say where the console's journal stands; they are noted, not believed.
-- epoch_state: 'new' nothing held yet, 'open', 'closed' since a later epoch was begun.
CREATE OR REPLACE FUNCTION central.hello(p_epoch integer, p_seq bigint, p_hash bytea)
RETURNS TABLE (
  acked_seq bigint, acked_hash bytea, epoch_state text,
  max_rows integer, max_bytes integer, now_ms bigint
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, central, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_console text := central.console_of_session();
BEGIN
  UPDATE central.console c
    SET seen_at = clock_timestamp(), claimed_epoch = p_epoch, claimed_seq = p_seq
    WHERE c.console_id = v_console;
  RETURN QUERY
    SELECT
      coalesce(h.head_seq, 0),
      coalesce(h.head_hash, decode(repeat('00', 32), 'hex')),
      CASE
        WHEN EXISTS (
          SELECT FROM central.chain l WHERE l.console_id = v_console AND l.epoch > p_epoch
        ) THEN 'closed'
        WHEN h.head_seq IS NULL THEN 'new'
        ELSE 'open'
      END,
      s.max_rows,
      s.max_bytes,
      (extract(epoch FROM clock_timestamp()) * 1000)::bigint
    FROM central.setting s
    LEFT JOIN central.chain h ON h.console_id = v_console AND h.epoch = p_epoch;
END
$$;

-- Called from within a query for the one row that is wrong, so that a good batch is checked and
-- written in a single pass.
CREATE OR REPLACE FUNCTION central.refuse_hash(p_seq bigint) RETURNS bytea
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'P0H01', DETAIL = p_seq::text,
    MESSAGE = format('wrong hash at %s', p_seq);
END
$$;

-- The chain's head, locked until the transaction ends.
CREATE OR REPLACE FUNCTION central.lock_chain(p_console text, p_epoch integer)
RETURNS TABLE (head_seq bigint, head_hash bytea)
LANGUAGE plpgsql SET search_path = pg_catalog, central, pg_temp AS $$
#variable_conflict use_column
BEGIN
  IF EXISTS (SELECT FROM central.chain c WHERE c.console_id = p_console AND c.epoch > p_epoch) THEN
    RAISE EXCEPTION USING ERRCODE = 'P0E01',
      MESSAGE = format('epoch %s is closed: a later one was begun', p_epoch);
  END IF;
  RETURN QUERY SELECT c.head_seq, c.head_hash FROM central.chain c
    WHERE c.console_id = p_console AND c.epoch = p_epoch FOR UPDATE;
  IF FOUND THEN RETURN; END IF;
  INSERT INTO central.chain (console_id, epoch) VALUES (p_console, p_epoch)
    ON CONFLICT DO NOTHING;
  RETURN QUERY SELECT c.head_seq, c.head_hash FROM central.chain c
    WHERE c.console_id = p_console AND c.epoch = p_epoch FOR UPDATE;
END
$$;

-- Refuses a batch whose parts do not fit together or that is larger than the centre takes.
CREATE OR REPLACE FUNCTION central.check_batch(
  p_first bigint, p_ends integer[], p_bodies bytea, p_hashes bytea
) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, central, pg_temp AS $$
DECLARE
  v_rows integer := cardinality(p_ends);
  v_setting central.setting;
BEGIN
  SELECT * INTO v_setting FROM central.setting;
  IF v_rows > v_setting.max_rows THEN
    RAISE EXCEPTION USING ERRCODE = 'P0L01',
      MESSAGE = format('%s rows in one batch, at most %s', v_rows, v_setting.max_rows);
  END IF;
  IF octet_length(p_bodies) > v_setting.max_bytes THEN
    RAISE EXCEPTION USING ERRCODE = 'P0L02', MESSAGE =
      format('%s bytes in one batch, at most %s', octet_length(p_bodies), v_setting.max_bytes);
  END IF;
  IF (p_first >= 1 AND v_rows >= 1 AND array_ndims(p_ends) = 1 AND array_lower(p_ends, 1) = 1
      AND array_position(p_ends, NULL) IS NULL AND p_ends[1] >= 0
      AND p_ends[v_rows] = octet_length(p_bodies) AND octet_length(p_hashes) = v_rows * 32)
      IS NOT TRUE THEN
    RAISE EXCEPTION USING ERRCODE = 'P0B01',
      MESSAGE = 'malformed batch: ends, bodies and hashes do not fit together';
  END IF;
END
$$;

-- A re-sent batch that ends within what is held: its last hash proves that it is the same journal.
-- An event that retention has taken away can no longer be compared and is let pass: nothing is
-- written, and the console compares the head that it is answered.
CREATE OR REPLACE FUNCTION central.check_held(
  p_console text, p_epoch integer, p_seq bigint, p_hash bytea
) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, central, pg_temp AS $$
DECLARE
  v_held bytea;
BEGIN
  SELECT e.hash INTO v_held FROM central.event e
    WHERE e.console_id = p_console AND e.epoch = p_epoch AND e.seq = p_seq;
  IF v_held <> p_hash THEN
    RAISE EXCEPTION USING ERRCODE = 'P0F01', DETAIL = p_seq::text,
      MESSAGE = format('fork at %s: another event is held', p_seq);
  END IF;
END
$$;

-- Takes a run of events p_first, p_first + 1, …: their bodies one after another in p_bodies, the
-- i-th ending at byte p_ends[i], and their hashes of 32 bytes each in p_hashes, where
-- hash(i) = SHA-256(hash(i - 1) || body(i)) and the hash before the first event is 32 zero bytes.
-- One call is one transaction. What is held already is skipped, after the hash at its end has been
-- compared; every new hash is computed anew.
CREATE OR REPLACE FUNCTION central.push(
  p_epoch integer, p_first bigint, p_ends integer[], p_bodies bytea, p_hashes bytea
) RETURNS TABLE (acked_seq bigint, acked_hash bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, central, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_console text := central.console_of_session();
  v_rows integer := cardinality(p_ends);
  v_last bigint := p_first + v_rows - 1;
  v_last_hash bytea;
  v_head bigint;
  v_head_hash bytea;
  v_skip integer;
  v_now timestamptz := clock_timestamp();
  v_day date := (v_now AT TIME ZONE INTERVAL '8 hours')::date;
BEGIN
  PERFORM central.check_batch(p_first, p_ends, p_bodies, p_hashes);
  v_last_hash := substring(p_hashes FROM (v_rows - 1) * 32 + 1 FOR 32);
  SELECT c.head_seq, c.head_hash INTO v_head, v_head_hash
    FROM central.lock_chain(v_console, p_epoch) c;
  IF p_first > v_head + 1 THEN
    RAISE EXCEPTION USING ERRCODE = 'P0G01', DETAIL = v_head::text,
      MESSAGE = format('gap: have %s, got %s', v_head, p_first);
  END IF;
  IF v_last < v_head THEN
    PERFORM central.check_held(v_console, p_epoch, v_last, v_last_hash);
    RETURN QUERY SELECT v_head, v_head_hash;
    RETURN;
  END IF;
  v_skip := (v_head - p_first + 1)::integer;
  IF v_skip > 0 AND substring(p_hashes FROM (v_skip - 1) * 32 + 1 FOR 32) <> v_head_hash THEN
    RAISE EXCEPTION USING ERRCODE = 'P0F01', DETAIL = v_head::text,
      MESSAGE = format('fork at %s: another event is held', v_head);
  END IF;
  IF v_skip < v_rows THEN
    INSERT INTO central.event (console_id, epoch, seq, day, received_at, body, hash)
      SELECT v_console, p_epoch, p_first + r.i - 1, v_day, v_now, r.body,
        CASE
          WHEN sha256(r.prev || r.body) = r.hash THEN r.hash
          ELSE central.refuse_hash(p_first + r.i - 1)
        END
      FROM (
        SELECT
          i,
          substring(p_hashes FROM (i - 1) * 32 + 1 FOR 32) AS hash,
          CASE
            WHEN i = v_skip + 1 THEN v_head_hash
            ELSE substring(p_hashes FROM (i - 2) * 32 + 1 FOR 32)
          END AS prev,
          CASE
            WHEN i = 1 THEN substring(p_bodies FROM 1 FOR p_ends[1])
            ELSE substring(p_bodies FROM p_ends[i - 1] + 1 FOR p_ends[i] - p_ends[i - 1])
          END AS body
        FROM generate_series(v_skip + 1, v_rows) AS i
      ) r;
    UPDATE central.chain c SET head_seq = v_last, head_hash = v_last_hash, moved_at = v_now
      WHERE c.console_id = v_console AND c.epoch = p_epoch;
  END IF;
  RETURN QUERY SELECT v_last, v_last_hash;
END
$$;

REVOKE ALL ON FUNCTION
  central.hello(integer, bigint, bytea),
  central.push(integer, bigint, integer[], bytea, bytea),
  central.console_of_session(),
  central.refuse_hash(bigint),
  central.lock_chain(text, integer),
  central.check_batch(bigint, integer[], bytea, bytea),
  central.check_held(text, integer, bigint, bytea)
FROM PUBLIC;
GRANT EXECUTE ON FUNCTION central.hello(integer, bigint, bytea) TO console_role;
GRANT EXECUTE ON FUNCTION central.push(integer, bigint, integer[], bytea, bytea) TO console_role;

RESET ROLE;
