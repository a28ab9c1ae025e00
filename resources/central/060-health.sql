-- What the centre's administrators must look at: one row for each finding, none when all is well.
-- Asked by the centre's own job as a member of central_keeper. About the partitions:
--   days-short        central.ensure_partitions was not run lately
--   rows-in-default   events came on a day without a partition: central.empty_default moves them
-- About a console that may sign in:
--   silent            not heard for p_silent, or never
--   stuck             it is heard and has more, of which nothing came for p_silent
--   restored          its journal ends before what is held, or with another event
--   second-console    two boots of it are live under one name
--   epoch             it began a later epoch within a day
--   limits-changed    its login is not held to what central.enrol_console set
--   long-transaction  a session of it has a transaction open for longer than p_open
SET ROLE central_owner;

CREATE OR REPLACE FUNCTION central.health(
  p_days integer DEFAULT 3,
  p_silent interval DEFAULT '5 minutes',
  p_open interval DEFAULT '1 minute'
) RETURNS TABLE (about text, code text, detail text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, central, pg_temp AS $$
  WITH live AS (
    SELECT c.*, coalesce(h.head_seq, 0) AS head_seq,
      coalesce(h.moved_at, c.enrolled_at) AS moved_at,
      clock_timestamp() - c.seen_at < p_silent AS is_heard, r.rolconnlimit, r.rolconfig
    FROM central.console c
    JOIN pg_roles r ON r.rolname = c.login AND r.rolcanlogin
    LEFT JOIN central.chain h ON h.console_id = c.console_id AND h.epoch = c.claimed_epoch
  )
  SELECT 'partitions', s.state, CASE s.state
      WHEN 'days-short' THEN format('a partition is missing within %s days', p_days)
      ELSE (SELECT format('of days %s', string_agg(DISTINCT d.day::text, ', '))
        FROM central.event_default d)
    END
  FROM central.partition_state(p_days) AS s(state) WHERE s.state <> 'fine'
  UNION ALL
  SELECT l.console_id, 'silent', format('last heard %s', coalesce(l.seen_at::text, 'never'))
  FROM live l WHERE l.is_heard IS NOT TRUE
  UNION ALL
  SELECT l.console_id, 'stuck', format('it has %s, held are %s, nothing came since %s',
    l.claimed_seq, l.head_seq, l.moved_at)
  FROM live l
  WHERE l.is_heard AND l.claimed_seq > l.head_seq AND l.seen_at - l.moved_at > p_silent
  UNION ALL
  SELECT l.console_id, 'restored', format('it says epoch %s ends at %s, which %s what is held',
    l.claimed_epoch, l.claimed_seq, CASE l.claim WHEN 'behind' THEN 'is before' ELSE 'is not' END)
  FROM live l WHERE l.claim IN ('behind', 'differs')
  UNION ALL
  SELECT DISTINCT b.console_id, 'second-console', format('boots %s and %s are both heard',
    least(b.boot, o.other), greatest(b.boot, o.other))
  FROM central.boot b
  CROSS JOIN LATERAL central.other_boot(b.console_id, b.boot) AS o(other)
  WHERE o.other IS NOT NULL
  UNION ALL
  SELECT h.console_id, 'epoch', format('epoch %s goes on from %s of epoch %s: %s%s', h.epoch,
    coalesce(h.parent_seq::text, '?'), coalesce(h.parent_epoch::text, '?'), h.parent_state,
    CASE WHEN h.lost_from IS NOT NULL THEN format(', %s to %s are %s', h.lost_from, h.lost_to,
      CASE h.parent_state WHEN 'lacking' THEN 'not held' ELSE 'held here only' END) ELSE '' END)
  FROM central.chain h
  WHERE h.parent_state IS NOT NULL AND h.opened_at > clock_timestamp() - interval '1 day'
  UNION ALL
  SELECT l.console_id, 'limits-changed', format('%s has %s connections and %s', l.login,
    l.rolconnlimit, coalesce(array_to_string(l.rolconfig, ', '), 'no limits'))
  FROM live l
  WHERE l.rolconnlimit <> 3 OR (l.rolconfig @> central.console_limits()) IS NOT TRUE
  UNION ALL
  SELECT l.console_id, 'long-transaction', format('process %s since %s', a.pid, a.xact_start)
  FROM live l JOIN pg_stat_activity a ON a.usename = l.login
  WHERE clock_timestamp() - a.xact_start > p_open
$$;

REVOKE ALL ON FUNCTION central.health(integer, interval, interval) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION central.health(integer, interval, interval) TO central_keeper;

RESET ROLE;
