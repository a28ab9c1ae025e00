-- Who there is at the centre. Roles belong to the whole server, so they are made only once.
--   central_owner  owns every table and function; nobody signs in as it
--   console_role   what a console may do: execute central.hello and central.push, nothing else
--   central_keeper what the centre's own job may do: execute central.ensure_partitions and
--                  central.health, nothing else
-- Each console's own login is made by central.enrol_console (050-enrol.sql).
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'central_owner') THEN
    CREATE ROLE central_owner NOLOGIN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'console_role') THEN
    CREATE ROLE console_role NOLOGIN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'central_keeper') THEN
    CREATE ROLE central_keeper NOLOGIN;
  END IF;
  -- PostgreSQL lets everyone connect and make temporary tables unless told otherwise.
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO console_role, central_keeper',
    current_database());
END
$$;

CREATE SCHEMA IF NOT EXISTS central AUTHORIZATION central_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
REVOKE ALL ON SCHEMA central FROM PUBLIC;
GRANT USAGE ON SCHEMA central TO console_role, central_keeper;
-- central.health tells of transactions that stay open, whoever opened them.
GRANT pg_read_all_stats TO central_owner;

-- Functions are executable by everyone unless told otherwise; here each one is granted by name.
ALTER DEFAULT PRIVILEGES FOR ROLE central_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- What everyone who may connect could use against the others: anonymous code blocks compute at the
-- centre's cost, large objects and messages to the log fill its disk, and advisory locks use up the
-- one table of locks that all sessions share.
REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC;
GRANT USAGE ON LANGUAGE plpgsql TO central_owner;
DO $$
DECLARE
  v_function regprocedure;
BEGIN
  FOR v_function IN
    SELECT p.oid FROM pg_proc p WHERE p.pronamespace = 'pg_catalog'::regnamespace
      AND p.proname ~ '^(lo_|loread$|lowrite$|pg_(try_)?advisory_|pg_logical_emit_message$)'
  LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', v_function);
  END LOOP;
END
$$;
