-- Makes a console's login and ties it to the console's id. Run by an administrator who may create
-- roles. A real console signs in by its certificate (pg_hba: hostssl … cert) and has no password;
-- only the training centre sets one afterwards.
--
-- Half-open connections of a console that lost its power would use up its connection limit, so an
-- idle session ends after two minutes (a live console says hello far more often).
CREATE OR REPLACE FUNCTION central.enrol_console(p_console text, p_login name) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, central, pg_temp AS $$
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
  EXECUTE format('ALTER ROLE %I SET statement_timeout = ''15s''', p_login);
  EXECUTE format('ALTER ROLE %I SET idle_in_transaction_session_timeout = ''10s''', p_login);
  EXECUTE format('ALTER ROLE %I SET idle_session_timeout = ''120s''', p_login);
  EXECUTE format('ALTER ROLE %I SET search_path = pg_catalog', p_login);
  INSERT INTO central.console (console_id, login) VALUES (p_console, p_login)
    ON CONFLICT (console_id) DO UPDATE SET login = excluded.login;
END
$$;
REVOKE ALL ON FUNCTION central.enrol_console(text, name) FROM PUBLIC;
