-- What every console's login is held to. Half-open connections of a console that lost its power
-- would use up its connection limit, so an idle session ends after two minutes (a live console says
-- hello far more often). A login may lift these for itself: central.health then says so.
CREATE OR REPLACE FUNCTION central.console_limits() RETURNS text[]
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT ARRAY[
    'statement_timeout=15s',
    'idle_in_transaction_session_timeout=10s',
    'idle_session_timeout=120s',
    'search_path=pg_catalog'
  ] || CASE WHEN current_setting('server_version_num')::integer >= 170000
    THEN ARRAY['transaction_timeout=30s'] ELSE '{}' END
$$;

-- Makes a console's login and ties it to the console's id. Run by an administrator who may create
-- roles. A real console signs in by its certificate (pg_hba: hostssl … cert) and has no password;
-- only the training centre sets one afterwards.
CREATE OR REPLACE FUNCTION central.enrol_console(p_console text, p_login name) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, central, pg_temp AS $$
DECLARE
  v_limit text;
BEGIN
  IF p_login !~ '^console_[a-z0-9_]{1,54}$' THEN
    RAISE EXCEPTION USING ERRCODE = '22023',
      MESSAGE = format('a console login looks like console_7, not %s', p_login);
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = p_login) THEN
    EXECUTE format('CREATE ROLE %I LOGIN IN ROLE console_role', p_login);
  END IF;
  EXECUTE format('ALTER ROLE %I NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS '
    'CONNECTION LIMIT 3', p_login);
  FOREACH v_limit IN ARRAY central.console_limits() LOOP
    EXECUTE format('ALTER ROLE %I SET %I = %L', p_login,
      split_part(v_limit, '=', 1), split_part(v_limit, '=', 2));
  END LOOP;
  INSERT INTO central.console (console_id, login) VALUES (p_console, p_login)
    ON CONFLICT (console_id) DO UPDATE SET login = excluded.login;
END
$$;
REVOKE ALL ON FUNCTION central.enrol_console(text, name), central.console_limits() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION central.console_limits() TO central_owner;
