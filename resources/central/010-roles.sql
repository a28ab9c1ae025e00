-- Who there is at the centre. Roles belong to the whole server, so they are made only once.
--   central_owner  owns every table and function; nobody signs in as it
--   console_role   what a console may do: execute central.hello and central.push, nothing else
-- Each console's own login is made by central.enrol_console (050-enrol.sql).
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'central_owner') THEN
    CREATE ROLE central_owner NOLOGIN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'console_role') THEN
    CREATE ROLE console_role NOLOGIN;
  END IF;
  -- PostgreSQL lets everyone connect and make temporary tables unless told otherwise.
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO console_role', current_database());
END
$$;

CREATE SCHEMA IF NOT EXISTS central AUTHORIZATION central_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
REVOKE ALL ON SCHEMA central FROM PUBLIC;
GRANT USAGE ON SCHEMA central TO console_role;

-- Functions are executable by everyone unless told otherwise; here each one is granted by name.
ALTER DEFAULT PRIVILEGES FOR ROLE central_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- Anonymous code blocks would let a console compute at the centre's cost, and large objects are
-- writable by everyone who may connect.
REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC;
GRANT USAGE ON LANGUAGE plpgsql TO central_owner;
REVOKE EXECUTE ON FUNCTION
  pg_catalog.lo_creat(integer), pg_catalog.lo_create(oid), pg_catalog.lo_from_bytea(oid, bytea),
  pg_catalog.lo_open(oid, integer), pg_catalog.lo_put(oid, bigint, bytea),
  pg_catalog.lowrite(integer, bytea), pg_catalog.lo_unlink(oid)
FROM PUBLIC;
