-- The rights of API and worker, which own nothing and change no table's shape. The owner of the database runs this
-- after the migrations of each version; it does no harm to run it again:
--
--   create role tutor_quality_app login password '…' noinherit;  -- once
--   psql "$OWNERS_DATABASE_URL" -f database-role.sql
--
-- Migrations, setup-db, restore and generate-data --clear-existing go on with the owner's DATABASE_URL.

-- Before PostgreSQL 15 everybody could make tables.
revoke create on schema public from public;
grant usage on schema public to tutor_quality_app;

grant select, insert, update, delete on all tables in schema public to tutor_quality_app;

-- What was noted is not changed; what is older than 400 days is deleted.
revoke update on audit_log from tutor_quality_app;

-- Whether the schema is the one of this version is read, not written.
revoke insert, update, delete on kysely_migration, kysely_migration_lock from tutor_quality_app;

-- Only where the queue lives in PostgreSQL: BullMQ makes a schema of its own, which the role then owns.
-- grant create on database tutor_quality to tutor_quality_app;
