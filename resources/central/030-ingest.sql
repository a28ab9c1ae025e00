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

-- Notes that a boot of a console was heard, and answers another boot of it that is live too, null
-- when there is none: of two boots the earlier was heard after the later one began. Five seconds
-- are left for what an ended console had still under way; what was not heard for three minutes has
-- ended. Only the newest twenty boots are kept, so that no console fills the table.
CREATE OR REPLACE FUNCTION central.hear_boot(p_console text, p_boot text) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, central, pg_temp AS $$
DECLARE
  v_now timestamptz := clock_timestamp();
BEGIN
  UPDATE central.boot b SET last_at = v_now WHERE b.console_id = p_console AND b.boot = p_boot;
  IF NOT FOUND THEN
    INSERT INTO central.boot (console_id, boot, first_at, last_at)
      VALUES (p_console, p_boot, v_now, v_now) ON CONFLICT DO NOTHING;
    DELETE FROM central.boot b WHERE b.console_id = p_console AND b.boot IN (
      SELECT o.boot FROM central.boot o WHERE o.console_id = p_console
      ORDER BY o.last_at DESC OFFSET 20);
  END IF;
  RETURN central.other_boot(p_console, p_boot);
END
$$;

CREATE OR REPLACE FUNCTION central.other_boot(p_console text, p_boot text) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, central, pg_temp AS $$
  SELECT o.boot
  FROM central.boot m
  JOIN central.boot o ON o.console_id = m.console_id AND o.boot <> m.boot
  WHERE m.console_id = p_console AND m.boot = p_boot
    AND least(m.last_at, o.last_at) > clock_timestamp() - interval '3 minutes'
    AND CASE WHEN o.first_at < m.first_at THEN o.last_at - m.first_at
      ELSE m.last_at - o.first_at END > interval '5 seconds'
  ORDER BY o.last_at DESC LIMIT 1
$$;

-- What the centre holds of this console's epoch, and how much it takes at once.
-- p_seq and p_hash say where the console's journal stands; they are noted, not believed. p_boot is
-- left out by consoles of before there was one.
--   epoch_state  'new' nothing held yet, 'open', 'closed' since a later epoch was begun
--   other_boot   another boot of this console that is live too, else null
--   upkeep       'fine', 'days-short' or 'rows-in-default' (040-partitions.sql)
--   parent_…     of an epoch begun within a day: see central.chain
-- An answer of another shape cannot replace the one before.
DROP FUNCTION IF EXISTS central.hello(integer, bigint, bytea);
CREATE OR REPLACE FUNCTION central.hello(
  p_epoch integer, p_seq bigint, p_hash bytea, p_boot text DEFAULT NULL
) RETURNS TABLE (
  acked_seq bigint, acked_hash bytea, epoch_state text,
  max_rows integer, max_bytes integer, now_ms bigint,
  other_boot text, upkeep text,
  parent_epoch integer, parent_seq bigint, parent_state text, lost_from bigint, lost_to bigint
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, central, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_console text := central.console_of_session();
  v_other text := CASE WHEN p_boot IS NOT NULL THEN central.hear_boot(v_console, p_boot) END;
BEGIN
  UPDATE central.console c
    SET seen_at = clock_timestamp(), claimed_epoch = p_epoch, claimed_seq = p_seq,
      claim = (
        SELECT CASE
          WHEN h.head_seq > p_seq THEN 'behind'
          WHEN h.head_seq = p_seq AND h.head_seq > 0 AND h.head_hash <> p_hash THEN 'differs'
          ELSE 'fits'
        END
        FROM central.chain h WHERE h.console_id = v_console AND h.epoch = p_epoch
      )
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
      (extract(epoch FROM clock_timestamp()) * 1000)::bigint,
      v_other,
      central.partition_state(),
      r.parent_epoch, r.parent_seq, r.parent_state, r.lost_from, r.lost_to
    FROM central.setting s
    LEFT JOIN central.chain h ON h.console_id = v_console AND h.epoch = p_epoch
    LEFT JOIN central.chain r ON r.console_id = h.console_id AND r.epoch = h.epoch
      AND r.opened_at > clock_timestamp() - interval '1 day';
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

-- The chain's head, locked until the transaction ends. Whether a later epoch was begun is looked at
-- under the lock, which begin_epoch takes too: an epoch never grows after it was closed.
CREATE OR REPLACE FUNCTION central.lock_chain(p_console text, p_epoch integer)
RETURNS TABLE (head_seq bigint, head_hash bytea)
LANGUAGE plpgsql SET search_path = pg_catalog, central, pg_temp AS $$
#variable_conflict use_column
BEGIN
  SELECT c.head_seq, c.head_hash INTO head_seq, head_hash FROM central.chain c
    WHERE c.console_id = p_console AND c.epoch = p_epoch FOR UPDATE;
  IF NOT FOUND THEN
    INSERT INTO central.chain (console_id, epoch) VALUES (p_console, p_epoch)
      ON CONFLICT DO NOTHING;
    SELECT c.head_seq, c.head_hash INTO head_seq, head_hash FROM central.chain c
      WHERE c.console_id = p_console AND c.epoch = p_epoch FOR UPDATE;
  END IF;
  IF EXISTS (SELECT FROM central.chain c WHERE c.console_id = p_console AND c.epoch > p_epoch) THEN
    RAISE EXCEPTION USING ERRCODE = 'P0E01',
      MESSAGE = format('epoch %s is closed: a later one was begun', p_epoch);
  END IF;
  RETURN NEXT;
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
  v_day date := central.today();
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
    IF v_head = 0 AND p_epoch > 1 THEN
      PERFORM central.begin_epoch(v_console, p_epoch, substring(p_bodies FROM 1 FOR p_ends[1]));
    END IF;
  END IF;
  RETURN QUERY SELECT v_last, v_last_hash;
END
$$;

REVOKE ALL ON FUNCTION
  central.hear_boot(text, text),
  central.other_boot(text, text),
  central.hello(integer, bigint, bytea, text),
  central.push(integer, bigint, integer[], bytea, bytea),
  central.console_of_session(),
  central.refuse_hash(bigint),
  central.lock_chain(text, integer),
  central.check_batch(bigint, integer[], bytea, bytea),
  central.check_held(text, integer, bigint, bytea)
FROM PUBLIC;
GRANT EXECUTE ON FUNCTION central.hello(integer, bigint, bytea, text) TO console_role;
GRANT EXECUTE ON FUNCTION central.push(integer, bigint, integer[], bytea, bytea) TO console_role;

RESET ROLE;
