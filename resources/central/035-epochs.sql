-- A console that was restored from an older copy begins a later epoch. The earlier ones are closed
-- from then on, and what is held of them stays.
SET ROLE central_owner;

-- Notes from what event a new epoch goes on. Its first event, p_body, says so: kind `epoch.opened`,
-- in `data` parentEpoch, parentSeq and parentHash (64 hex digits). What cannot be read is noted as
-- that, and never a reason to refuse an event.
CREATE OR REPLACE FUNCTION central.begin_epoch(p_console text, p_epoch integer, p_body bytea)
RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, central, pg_temp AS $$
DECLARE
  v_event jsonb;
  v_epoch integer;
  v_seq bigint;
  v_hash bytea;
  v_head bigint;
  v_head_hash bytea;
  v_held bytea;
  v_state text;
BEGIN
  BEGIN
    v_event := convert_from(p_body, 'UTF8')::jsonb;
    IF v_event ->> 'kind' = 'epoch.opened' THEN
      v_epoch := (v_event -> 'data' ->> 'parentEpoch')::integer;
      v_seq := (v_event -> 'data' ->> 'parentSeq')::bigint;
      v_hash := decode(v_event -> 'data' ->> 'parentHash', 'hex');
    END IF;
  EXCEPTION WHEN data_exception OR program_limit_exceeded THEN
    v_epoch := NULL;
  END;
  -- What is under way into an earlier epoch ends first, or is refused after us: see lock_chain.
  PERFORM FROM central.chain c WHERE c.console_id = p_console AND c.epoch < p_epoch
    ORDER BY c.epoch FOR UPDATE;
  IF (v_epoch BETWEEN 1 AND p_epoch - 1 AND v_seq >= 0 AND octet_length(v_hash) = 32)
      IS NOT TRUE THEN
    UPDATE central.chain c SET parent_state = 'unread'
      WHERE c.console_id = p_console AND c.epoch = p_epoch;
    RETURN;
  END IF;
  SELECT c.head_seq, c.head_hash INTO v_head, v_head_hash
    FROM central.chain c WHERE c.console_id = p_console AND c.epoch = v_epoch;
  v_head := coalesce(v_head, 0);
  IF v_seq = 0 THEN
    v_held := decode(repeat('00', 32), 'hex');
  ELSIF v_seq = v_head THEN
    v_held := v_head_hash;
  ELSE
    SELECT e.hash INTO v_held FROM central.event e
      WHERE e.console_id = p_console AND e.epoch = v_epoch AND e.seq = v_seq;
  END IF;
  v_state := CASE
    WHEN v_seq > v_head THEN 'lacking'
    WHEN v_held IS NULL THEN 'unproved'
    WHEN v_held = v_hash THEN 'agrees'
    ELSE 'differs'
  END;
  UPDATE central.chain c
    SET parent_epoch = v_epoch, parent_seq = v_seq, parent_hash = v_hash, parent_state = v_state,
      lost_from = CASE WHEN v_seq <> v_head THEN least(v_seq, v_head) + 1 END,
      lost_to = CASE WHEN v_seq <> v_head THEN greatest(v_seq, v_head) END
    WHERE c.console_id = p_console AND c.epoch = p_epoch;
END
$$;

REVOKE ALL ON FUNCTION central.begin_epoch(text, integer, bytea) FROM PUBLIC;

RESET ROLE;
