-- The database roles, run by a superuser inside the (empty or existing) database, as often as you like:
--     createdb --template=template0 --encoding=UTF8 --locale=C.UTF-8 rundtom
--     psql --dbname=rundtom --file=migrations/roles.sql
--     psql --dbname=rundtom --command='\password rundtom_owner'     (and _web, _live, _worker)
-- The embedded server does the same by itself. Tables, grants on them and policies belong to the migrations.

DO $$
DECLARE role text;
BEGIN
  FOREACH role IN ARRAY ARRAY['rundtom_owner', 'rundtom_authz', 'rundtom_web', 'rundtom_live', 'rundtom_worker'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
      EXECUTE format('CREATE ROLE %I', role);
    END IF;
    EXECUTE format('ALTER ROLE %I NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION NOINHERIT %s',
                   role, CASE role WHEN 'rundtom_authz' THEN 'NOLOGIN' ELSE 'LOGIN' END);
  END LOOP;

  -- The owner may hand functions over to rundtom_authz, yet never holds that role's rights unasked:
  -- a policy written for rundtom_authz must not open a row to the owner.
  IF current_setting('server_version_num')::int >= 160000 THEN
    EXECUTE 'GRANT rundtom_authz TO rundtom_owner WITH INHERIT FALSE, SET TRUE';  -- unknown syntax to 15
  ELSE
    GRANT rundtom_authz TO rundtom_owner;
  END IF;

  EXECUTE format('ALTER DATABASE %I OWNER TO rundtom_owner', current_database());
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO rundtom_web, rundtom_live, rundtom_worker', current_database());
END $$;

ALTER SCHEMA public OWNER TO rundtom_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO rundtom_authz, rundtom_web, rundtom_live, rundtom_worker;
GRANT CREATE ON SCHEMA public TO rundtom_authz; -- asked of the new owner by ALTER FUNCTION ... OWNER TO

-- A new function is nobody's to call until policies.sql says whose.
ALTER DEFAULT PRIVILEGES FOR ROLE rundtom_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE rundtom_authz REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
