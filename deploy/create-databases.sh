#!/bin/sh
# Runs once, in the PostgreSQL image, on an empty cluster: a database, an owner and an unprivileged role per service, and the bus.
set -eu
for name in inspection enforcement credit adr bus; do
  psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
    -v name="$name" -v owner="casebridge_${name}_owner" -v runtime="casebridge_${name}" \
    -v owner_password="$OWNER_PASSWORD" -v runtime_password="$RUNTIME_PASSWORD" <<'SQL'
create role :"owner" login nosuperuser nobypassrls nocreatedb nocreaterole password :'owner_password';
create role :"runtime" login nosuperuser nobypassrls nocreatedb nocreaterole password :'runtime_password';
create database :"name" owner :"owner";
revoke all on database :"name" from public;
grant connect on database :"name" to :"runtime";
SQL
  psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$name" -v owner="casebridge_${name}_owner" <<'SQL'
alter schema public owner to :"owner";
SQL
done
