#!/bin/bash
# Runs once, when the database's volume is empty: two roles, the database, its extensions.
set -eu

psql -v ON_ERROR_STOP=1 --username postgres \
  -v owner_password="$(cat /run/secrets/owner_password)" -v app_password="$(cat /run/secrets/app_password)" <<'SQL'
CREATE ROLE casework_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE casework_app LOGIN PASSWORD :'app_password';
CREATE DATABASE casework OWNER casework_owner;
REVOKE ALL ON DATABASE casework FROM PUBLIC;
GRANT CONNECT ON DATABASE casework TO casework_app;
\connect casework
CREATE EXTENSION pg_trgm;
CREATE EXTENSION unaccent;
CREATE EXTENSION btree_gist;
CREATE EXTENSION fuzzystrmatch;
SQL
