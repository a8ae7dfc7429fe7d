import { APP, type SchemaState, VAULT_TABLES } from './schema-version.js'
import type { SqliteDatabase } from './sqlite-driver.js'

/** Version n is made by entry n - 1. Published entries never change. */
const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE schema_version (app TEXT NOT NULL, version INTEGER NOT NULL, migrated_at INTEGER NOT NULL) STRICT;

  CREATE TABLE vault (
    singleton INTEGER PRIMARY KEY CHECK (singleton = 1),
    vault_id TEXT NOT NULL,
    naming_key_id TEXT NOT NULL,
    kek_id TEXT NOT NULL,
    wrapped_naming_keys BLOB NOT NULL
  ) STRICT;

  CREATE TABLE branch_keys (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    key_window INTEGER NOT NULL,
    kek_id TEXT NOT NULL,
    wrapped BLOB NOT NULL,
    UNIQUE (tenant, key_window)
  ) STRICT;

  CREATE TABLE claims (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    thread_id TEXT NOT NULL,
    mode TEXT NOT NULL,
    state TEXT NOT NULL,
    generation INTEGER NOT NULL,
    max_claims INTEGER,
    claimed INTEGER NOT NULL,
    allow TEXT,
    rule_id TEXT NOT NULL,
    branch_key_id TEXT NOT NULL,
    ttl_ms INTEGER,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    cap_at INTEGER,
    credential_expires_at INTEGER,
    lease_holder TEXT,
    mac BLOB NOT NULL,
    sealed BLOB,
    sealed_metadata BLOB,
    fingerprint BLOB,
    sweep_at INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX claims_by_thread ON claims (tenant, thread_id, id);
  CREATE INDEX claims_by_tenant ON claims (tenant, id);
  CREATE INDEX claims_by_fingerprint ON claims (fingerprint) WHERE fingerprint IS NOT NULL;
  CREATE INDEX claims_to_sweep ON claims (sweep_at) WHERE sweep_at IS NOT NULL;

  CREATE TABLE places (
    claim_id TEXT NOT NULL REFERENCES claims (id) ON DELETE CASCADE,
    place TEXT NOT NULL,
    PRIMARY KEY (claim_id, place)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE runs (
    claim_id TEXT NOT NULL REFERENCES claims (id) ON DELETE CASCADE,
    run_id TEXT NOT NULL,
    PRIMARY KEY (claim_id, run_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX runs_by_run ON runs (run_id, claim_id);

  CREATE TABLE threads (
    tenant TEXT NOT NULL,
    thread_id TEXT NOT NULL,
    used_at INTEGER NOT NULL,
    mac BLOB NOT NULL,
    PRIMARY KEY (tenant, thread_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE revocations (
    tenant TEXT NOT NULL,
    tag TEXT NOT NULL,
    thread_id TEXT,
    PRIMARY KEY (tenant, tag)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX revocations_by_thread ON revocations (tenant, thread_id) WHERE thread_id IS NOT NULL;

  CREATE TABLE ledger (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    writer TEXT NOT NULL,
    tenant TEXT NOT NULL,
    operation TEXT NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT,
    thread_id TEXT,
    run_id TEXT,
    sub TEXT,
    act TEXT,
    claims TEXT NOT NULL,
    rules TEXT,
    channels TEXT,
    count INTEGER
  ) STRICT;
  CREATE INDEX ledger_by_thread ON ledger (thread_id, seq) WHERE thread_id IS NOT NULL;
  CREATE INDEX ledger_by_run ON ledger (run_id, seq) WHERE run_id IS NOT NULL;
  CREATE INDEX ledger_by_sub ON ledger (sub, seq) WHERE sub IS NOT NULL;
  CREATE INDEX ledger_by_time ON ledger (at);

  CREATE TABLE ledger_claims (
    claim_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (claim_id, seq)
  ) STRICT, WITHOUT ROWID;

  CREATE TRIGGER ledger_keeps BEFORE UPDATE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
  CREATE TRIGGER ledger_stays BEFORE DELETE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
  CREATE TRIGGER ledger_claims_keep BEFORE UPDATE ON ledger_claims BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
  CREATE TRIGGER ledger_claims_stay BEFORE DELETE ON ledger_claims BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

  INSERT INTO schema_version VALUES ('${APP}', 0, 0);
  `,
  `
  ALTER TABLE threads ADD COLUMN held INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX claims_with_ciphertext ON claims (tenant, thread_id) WHERE sealed IS NOT NULL;

  ALTER TABLE ledger ADD COLUMN link INTEGER;
  ALTER TABLE ledger ADD COLUMN mac BLOB;
  ALTER TABLE ledger ADD COLUMN kinds TEXT;
  ALTER TABLE ledger ADD COLUMN nodes TEXT;
  CREATE UNIQUE INDEX ledger_by_link ON ledger (writer, link) WHERE link IS NOT NULL;

  CREATE TABLE ledger_writers (
    writer TEXT PRIMARY KEY,
    started_at INTEGER NOT NULL,
    key_id TEXT NOT NULL,
    sealed_to TEXT NOT NULL,
    sealed_key BLOB NOT NULL,
    link INTEGER NOT NULL,
    at INTEGER NOT NULL,
    unsettled TEXT NOT NULL,
    closed INTEGER NOT NULL,
    mac BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE ledger_roots (
    number INTEGER PRIMARY KEY,
    from_seq INTEGER NOT NULL,
    to_seq INTEGER NOT NULL,
    count INTEGER NOT NULL,
    at INTEGER NOT NULL,
    root BLOB NOT NULL,
    previous BLOB NOT NULL,
    writers TEXT NOT NULL,
    key_id TEXT NOT NULL,
    signature BLOB NOT NULL
  ) STRICT;
  CREATE TRIGGER ledger_roots_keep BEFORE UPDATE ON ledger_roots BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
  CREATE TRIGGER ledger_roots_stay BEFORE DELETE ON ledger_roots BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

  CREATE TABLE ledger_permit (through_seq INTEGER NOT NULL) STRICT;
  CREATE TRIGGER ledger_permit_sealed BEFORE INSERT ON ledger_permit
    WHEN NEW.through_seq > coalesce((SELECT max(to_seq) FROM ledger_roots), 0)
    BEGIN SELECT RAISE(ABORT, 'only what a sealed root covers can be pruned'); END;
  DROP TRIGGER ledger_stays;
  CREATE TRIGGER ledger_stays BEFORE DELETE ON ledger
    WHEN OLD.seq > coalesce((SELECT max(through_seq) FROM ledger_permit), 0)
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
  DROP TRIGGER ledger_claims_stay;
  CREATE TRIGGER ledger_claims_stay BEFORE DELETE ON ledger_claims
    WHEN OLD.seq > coalesce((SELECT max(through_seq) FROM ledger_permit), 0)
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

  CREATE TABLE locks (name TEXT PRIMARY KEY, holder TEXT NOT NULL, until_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE notes (name TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE access_records (
    tenant TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    thread_id TEXT NOT NULL,
    claim_id TEXT,
    holder TEXT,
    body TEXT NOT NULL,
    mac BLOB NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, kind, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX access_records_by_claim ON access_records (tenant, kind, claim_id, id) WHERE claim_id IS NOT NULL;
  CREATE INDEX access_records_by_holder ON access_records (tenant, kind, holder, id) WHERE holder IS NOT NULL;
  CREATE INDEX access_records_by_thread ON access_records (tenant, thread_id, kind, id);
  CREATE INDEX access_records_to_sweep ON access_records (expires_at);
  `,
]

export const SQLITE_SCHEMA_VERSION = MIGRATIONS.length

/** SQL that brings a schema from a version to another, the newest unless told. */
export function sqliteMigration(from: number, to = SQLITE_SCHEMA_VERSION): string {
  return [
    ...MIGRATIONS.slice(from, to),
    `UPDATE schema_version SET version = ${to}, migrated_at = CAST(round(unixepoch('subsec') * 1000) AS INTEGER)`,
  ].join(';\n')
}

export function readSqliteSchema(db: SqliteDatabase): SchemaState {
  const names = VAULT_TABLES.map((name) => `'${name}'`).join(', ')
  const tables = db.prepare(`SELECT name FROM sqlite_master WHERE name IN (${names}) ORDER BY name`).all()
  const marked = db.prepare("SELECT count(*) AS n FROM pragma_table_info('schema_version') WHERE name = 'app'").get()
  const row = marked?.n === 1 ? db.prepare(`SELECT version FROM schema_version WHERE app = '${APP}'`).get() : undefined
  return { tables: tables.map(({ name }) => String(name)), version: row && Number(row.version) }
}
