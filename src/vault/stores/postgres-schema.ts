import { COMMIT_REFUSED } from './postgres-errors.js'
import {
  ASSUMING_FUNCTIONS,
  COMMIT_FUNCTION,
  COMMIT_RECORDS_FUNCTION,
  EVENTS_FUNCTION,
  LOAD_FUNCTION,
} from './postgres-functions.js'
import type { RunStatement } from './postgres-pool.js'
import { APP, checkSchema, VAULT_TABLES } from './schema-version.js'

/** Version n is made by entry n - 1. Published entries never change. */
const MIGRATIONS: readonly ((t: (name: string) => string) => string)[] = [
  (t) => `
  CREATE TABLE ${t('schema_version')} (app text COLLATE "C" NOT NULL, version bigint NOT NULL, migrated_at bigint NOT NULL);

  CREATE TABLE ${t('vault')} (
    singleton bigint PRIMARY KEY CHECK (singleton = 1),
    vault_id text COLLATE "C" NOT NULL,
    naming_key_id text COLLATE "C" NOT NULL,
    kek_id text COLLATE "C" NOT NULL,
    wrapped_naming_keys bytea NOT NULL
  );

  CREATE TABLE ${t('branch_keys')} (
    id text COLLATE "C" PRIMARY KEY,
    tenant text COLLATE "C" NOT NULL,
    key_window bigint NOT NULL,
    kek_id text COLLATE "C" NOT NULL,
    wrapped bytea NOT NULL,
    UNIQUE (tenant, key_window)
  );

  CREATE TABLE ${t('claims')} (
    id text COLLATE "C" PRIMARY KEY,
    tenant text COLLATE "C" NOT NULL,
    thread_id text COLLATE "C" NOT NULL,
    mode text COLLATE "C" NOT NULL,
    state text COLLATE "C" NOT NULL,
    generation bigint NOT NULL,
    max_claims bigint,
    claimed bigint NOT NULL,
    allow text COLLATE "C",
    rule_id text COLLATE "C" NOT NULL,
    branch_key_id text COLLATE "C" NOT NULL,
    ttl_ms bigint,
    created_at bigint NOT NULL,
    expires_at bigint,
    cap_at bigint,
    credential_expires_at bigint,
    lease_holder text COLLATE "C",
    mac bytea NOT NULL,
    sealed bytea,
    sealed_metadata bytea,
    fingerprint bytea,
    sweep_at bigint
  );
  CREATE INDEX claims_by_thread ON ${t('claims')} (tenant, thread_id, id);
  CREATE INDEX claims_by_tenant ON ${t('claims')} (tenant, id);
  CREATE INDEX claims_by_fingerprint ON ${t('claims')} (fingerprint) WHERE fingerprint IS NOT NULL;
  CREATE INDEX claims_to_sweep ON ${t('claims')} (sweep_at) WHERE sweep_at IS NOT NULL;

  CREATE TABLE ${t('places')} (
    claim_id text COLLATE "C" NOT NULL REFERENCES ${t('claims')} (id) ON DELETE CASCADE,
    place text COLLATE "C" NOT NULL,
    PRIMARY KEY (claim_id, place)
  );

  CREATE TABLE ${t('runs')} (
    claim_id text COLLATE "C" NOT NULL REFERENCES ${t('claims')} (id) ON DELETE CASCADE,
    run_id text COLLATE "C" NOT NULL,
    PRIMARY KEY (claim_id, run_id)
  );
  CREATE INDEX runs_by_run ON ${t('runs')} (run_id, claim_id);

  CREATE TABLE ${t('threads')} (
    tenant text COLLATE "C" NOT NULL,
    thread_id text COLLATE "C" NOT NULL,
    used_at bigint NOT NULL,
    mac bytea NOT NULL,
    PRIMARY KEY (tenant, thread_id)
  ) WITH (fillfactor = 70);

  CREATE TABLE ${t('revocations')} (
    tenant text COLLATE "C" NOT NULL,
    tag text COLLATE "C" NOT NULL,
    thread_id text COLLATE "C",
    PRIMARY KEY (tenant, tag)
  );
  CREATE INDEX revocations_by_thread ON ${t('revocations')} (tenant, thread_id) WHERE thread_id IS NOT NULL;

  CREATE SEQUENCE ${t('ledger_seq')};
  CREATE TABLE ${t('ledger')} (
    seq bigint PRIMARY KEY,
    at bigint NOT NULL,
    writer text COLLATE "C" NOT NULL,
    tenant text COLLATE "C" NOT NULL,
    operation text COLLATE "C" NOT NULL,
    outcome text COLLATE "C" NOT NULL,
    reason text COLLATE "C",
    thread_id text COLLATE "C",
    run_id text COLLATE "C",
    sub text COLLATE "C",
    act text COLLATE "C",
    claims text COLLATE "C" NOT NULL,
    rules text COLLATE "C",
    channels text COLLATE "C",
    count bigint
  );
  CREATE INDEX ledger_by_thread ON ${t('ledger')} (thread_id, seq) WHERE thread_id IS NOT NULL;
  CREATE INDEX ledger_by_run ON ${t('ledger')} (run_id, seq) WHERE run_id IS NOT NULL;
  CREATE INDEX ledger_by_sub ON ${t('ledger')} (sub, seq) WHERE sub IS NOT NULL;
  CREATE INDEX ledger_by_time ON ${t('ledger')} (at);

  CREATE TABLE ${t('ledger_claims')} (
    claim_id text COLLATE "C" NOT NULL,
    seq bigint NOT NULL,
    PRIMARY KEY (claim_id, seq)
  );

  CREATE FUNCTION ${t('append_only')}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the ledger is append-only' USING ERRCODE = 'restrict_violation'; END $$;
  CREATE TRIGGER ledger_keeps BEFORE UPDATE OR DELETE OR TRUNCATE ON ${t('ledger')}
    FOR EACH STATEMENT EXECUTE FUNCTION ${t('append_only')}();
  CREATE TRIGGER ledger_claims_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON ${t('ledger_claims')}
    FOR EACH STATEMENT EXECUTE FUNCTION ${t('append_only')}();

  CREATE FUNCTION ${t('commit_guard')}(changed bigint, expected bigint, deadline bigint) RETURNS bigint LANGUAGE plpgsql AS $$
    DECLARE now_ms bigint := (extract(epoch FROM clock_timestamp()) * 1000)::bigint;
    BEGIN
      IF changed <> expected OR now_ms >= deadline THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = '${COMMIT_REFUSED}';
      END IF;
      RETURN now_ms;
    END $$;

  INSERT INTO ${t('schema_version')} VALUES ('${APP}', 0, 0);
  `,
  (t) => `
  ALTER TABLE ${t('threads')} ADD COLUMN held smallint NOT NULL DEFAULT 0;
  CREATE INDEX claims_with_ciphertext ON ${t('claims')} (tenant, thread_id) WHERE sealed IS NOT NULL;

  ALTER TABLE ${t('ledger')}
    ADD COLUMN link bigint,
    ADD COLUMN mac bytea,
    ADD COLUMN kinds text COLLATE "C",
    ADD COLUMN nodes text COLLATE "C";
  CREATE UNIQUE INDEX ledger_by_link ON ${t('ledger')} (writer, link) WHERE link IS NOT NULL;

  CREATE TABLE ${t('ledger_writers')} (
    writer text COLLATE "C" PRIMARY KEY,
    started_at bigint NOT NULL,
    key_id text COLLATE "C" NOT NULL,
    sealed_to text COLLATE "C" NOT NULL,
    sealed_key bytea NOT NULL,
    link bigint NOT NULL,
    at bigint NOT NULL,
    unsettled text COLLATE "C" NOT NULL,
    closed smallint NOT NULL,
    mac bytea NOT NULL
  ) WITH (fillfactor = 70);

  CREATE TABLE ${t('ledger_roots')} (
    number bigint PRIMARY KEY,
    from_seq bigint NOT NULL,
    to_seq bigint NOT NULL,
    count bigint NOT NULL,
    at bigint NOT NULL,
    root bytea NOT NULL,
    previous bytea NOT NULL,
    writers text COLLATE "C" NOT NULL,
    key_id text COLLATE "C" NOT NULL,
    signature bytea NOT NULL
  );
  CREATE TRIGGER ledger_roots_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON ${t('ledger_roots')}
    FOR EACH STATEMENT EXECUTE FUNCTION ${t('append_only')}();

  CREATE FUNCTION ${t('pruned_only')}() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      permitted bigint := coalesce(nullif(current_setting('langgraph_secret_safe.prune_through', true), ''), '0');
      sealed bigint := (SELECT coalesce(max(to_seq), 0) FROM ${t('ledger_roots')});
    BEGIN
      IF EXISTS (SELECT FROM gone WHERE seq > permitted OR seq > sealed) THEN
        RAISE EXCEPTION 'the ledger is append-only' USING ERRCODE = 'restrict_violation';
      END IF;
      RETURN NULL;
    END $$;
  DROP TRIGGER ledger_keeps ON ${t('ledger')};
  CREATE TRIGGER ledger_keeps BEFORE UPDATE OR TRUNCATE ON ${t('ledger')}
    FOR EACH STATEMENT EXECUTE FUNCTION ${t('append_only')}();
  CREATE TRIGGER ledger_stays AFTER DELETE ON ${t('ledger')} REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION ${t('pruned_only')}();
  DROP TRIGGER ledger_claims_keep ON ${t('ledger_claims')};
  CREATE TRIGGER ledger_claims_keep BEFORE UPDATE OR TRUNCATE ON ${t('ledger_claims')}
    FOR EACH STATEMENT EXECUTE FUNCTION ${t('append_only')}();
  CREATE TRIGGER ledger_claims_stay AFTER DELETE ON ${t('ledger_claims')} REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION ${t('pruned_only')}();

  CREATE TABLE ${t('locks')} (
    name text COLLATE "C" PRIMARY KEY,
    holder text COLLATE "C" NOT NULL,
    until_at bigint NOT NULL
  );
  CREATE TABLE ${t('notes')} (name text COLLATE "C" PRIMARY KEY, body text COLLATE "C" NOT NULL);
  ${LOAD_FUNCTION(t)}
  ${EVENTS_FUNCTION(t)}
  ${COMMIT_FUNCTION(t)}
  `,
  (t) => `
  CREATE TABLE ${t('access_records')} (
    tenant text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    thread_id text COLLATE "C" NOT NULL,
    claim_id text COLLATE "C",
    holder text COLLATE "C",
    body text COLLATE "C" NOT NULL,
    mac bytea NOT NULL,
    expires_at bigint NOT NULL,
    PRIMARY KEY (tenant, kind, id)
  ) WITH (fillfactor = 70);
  CREATE INDEX access_records_by_claim ON ${t('access_records')} (tenant, kind, claim_id, id) WHERE claim_id IS NOT NULL;
  CREATE INDEX access_records_by_holder ON ${t('access_records')} (tenant, kind, holder, id) WHERE holder IS NOT NULL;
  CREATE INDEX access_records_by_thread ON ${t('access_records')} (tenant, thread_id, kind, id);
  CREATE INDEX access_records_to_sweep ON ${t('access_records')} (expires_at);
  -- Whoever may use claims may use records, or deleting a thread and sweeping would fail until somebody grants it.
  DO $$
    DECLARE given record;
    BEGIN
      FOR given IN
        SELECT DISTINCT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END AS grantee,
          a.privilege_type AS privilege
        FROM pg_catalog.pg_class c, aclexplode(c.relacl) a
        WHERE c.oid = '${t('claims')}'::regclass AND a.grantee <> c.relowner
          AND a.privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
      LOOP
        EXECUTE format('GRANT %s ON ${t('access_records')} TO %s', given.privilege, given.grantee);
      END LOOP;
    END $$;
  ${COMMIT_RECORDS_FUNCTION(t)}
  `,
  ASSUMING_FUNCTIONS,
]

const POSTGRES_SCHEMA_VERSION = MIGRATIONS.length

/** SQL that brings a schema from a version to another, the newest unless told. */
export function postgresMigration(
  from: number,
  t: (name: string) => string,
  to: number = POSTGRES_SCHEMA_VERSION,
): string {
  return [
    ...MIGRATIONS.slice(from, to).map((migration) => migration(t)),
    `UPDATE ${t('schema_version')} SET version = ${to},
      migrated_at = (extract(epoch FROM clock_timestamp()) * 1000)::bigint`,
  ].join(';\n')
}

/** @returns the version found, 0 for none. @throws VaultSchemaError if it is newer, or the tables are somebody else's. */
async function readPostgresSchema(schema: string, t: (name: string) => string, run: RunStatement): Promise<number> {
  const rows = await run({
    text: `SELECT c.relname::text AS name, EXISTS (
        SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'app' AND NOT a.attisdropped
      ) AS marked
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = $1 AND c.relname = ANY($2::text[]) ORDER BY c.relname`,
    values: [schema, VAULT_TABLES],
  })
  const ours = rows.some((row) => row.name === 'schema_version' && row.marked === true)
  const versions = ours
    ? await run({ text: `SELECT version FROM ${t('schema_version')} WHERE app = $1`, values: [APP] })
    : []
  const version = versions[0]?.version
  return checkSchema(
    { tables: rows.map((row) => String(row.name)), version: version === undefined ? undefined : Number(version) },
    POSTGRES_SCHEMA_VERSION,
  )
}

/**
 * Makes or migrates the schema. A schema that is up to date is only read, so that a role without rights to create, or a
 * replica, can do so too.
 */
export async function setUpPostgres(
  schema: string,
  t: (name: string) => string,
  transaction: (work: (run: RunStatement) => Promise<void>) => Promise<void>,
): Promise<void> {
  let version = POSTGRES_SCHEMA_VERSION
  await transaction(async (run) => {
    version = await readPostgresSchema(schema, t, run)
  })
  if (version === POSTGRES_SCHEMA_VERSION) return
  await transaction(async (run) => {
    // A lock of the transaction, not of the session: PgBouncer would give the session to somebody else.
    await run({ text: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', values: [`${APP}:${schema}`] })
    const found = await readPostgresSchema(schema, t, run)
    if (found === POSTGRES_SCHEMA_VERSION) return
    const exists = await run({ text: 'SELECT FROM pg_catalog.pg_namespace WHERE nspname = $1', values: [schema] })
    if (exists.length === 0) await run({ text: `CREATE SCHEMA "${schema}"`, values: [] })
    await run({ text: postgresMigration(found, t), values: [] })
  })
}
