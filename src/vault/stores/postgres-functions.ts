import { COMMIT_REFUSED } from './postgres-errors.js'

/**
 * `load` and `commit` as functions, part of version 2: PostgreSQL plans their statements once for each connection, where
 * it would plan a nameless statement each time, which takes longer than running it; and names are refused by a pooler that
 * shares sessions. The plans are kept, so they must suit a table that has grown since: by index, always.
 */
const PLANNED_ONCE =
  'SET jit = off SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off'

/** One row for each claim, at least one; what is not a claim's stands in every row. */
export const LOAD_FUNCTION = (t: (name: string) => string): string => `
  CREATE FUNCTION ${t('load_claims')}(p_tenant text, p_thread_id text, p_ids text[], p_places text[], p_revocations text[])
    RETURNS TABLE (now_ms bigint, used_at bigint, held smallint, thread_mac bytea, revoked text[], known text[], claim ${t('claims')})
    LANGUAGE plpgsql ${PLANNED_ONCE} AS $$
    #variable_conflict use_column
    BEGIN
      RETURN QUERY SELECT (extract(epoch FROM statement_timestamp()) * 1000)::bigint, t.used_at, t.held, t.mac,
        ARRAY(SELECT tag FROM ${t('revocations')} WHERE tenant = p_tenant AND tag = ANY (p_revocations)),
        ARRAY(SELECT place FROM ${t('places')} WHERE claim_id = c.id AND place = ANY (p_places)), c
      FROM (SELECT) AS one
      LEFT JOIN ${t('threads')} t ON t.tenant = p_tenant AND t.thread_id = p_thread_id
      LEFT JOIN ${t('claims')} c ON c.id = ANY (p_ids);
    END $$;`

/**
 * The whole commit: one statement to its caller, so one round trip and no session. It raises if anything is not as
 * expected, which undoes all of it. Several rows are locked in the order of their ids first, so that two commits cannot
 * each wait for the other.
 */
export const COMMIT_FUNCTION = (t: (name: string) => string): string => commitFunction(t, { name: 'commit_change' })

interface CommitParts {
  readonly name: string
  readonly create?: string
  /** A further parameter, with its comma. */
  readonly parameter?: string
  /** Statements before all others. */
  readonly first?: string
  /** Statements after those of claims, so that their rows are locked before others in every commit. */
  readonly afterClaims?: string
}

function commitFunction(
  t: (name: string) => string,
  { name, create = 'CREATE FUNCTION', parameter = '', first = '', afterClaims = '' }: CommitParts,
): string {
  return `
  ${create} ${t(name)}(
      p_update json, p_insert json, p_places json, p_runs json, p_thread json, p_revoke json,
      p_reinstate json, p_events json, p_deadline bigint${parameter}
    ) RETURNS bigint LANGUAGE plpgsql ${PLANNED_ONCE} AS $$
    #variable_conflict use_column
    DECLARE
      now_ms bigint;
      changed bigint;
    BEGIN
${first}      IF p_update IS NOT NULL THEN
        IF json_array_length(p_update) > 1 THEN
          PERFORM FROM (SELECT id FROM json_to_recordset(p_update) AS u(id text) ORDER BY id COLLATE "C") u
            CROSS JOIN LATERAL (SELECT FROM ${t('claims')} c WHERE c.id = u.id FOR NO KEY UPDATE) AS locked;
        END IF;
        UPDATE ${t('claims')} c SET tenant = u.tenant, thread_id = u.thread_id, mode = u.mode, state = u.state,
            generation = u.generation, max_claims = u.max_claims, claimed = u.claimed, allow = u.allow,
            rule_id = u.rule_id, branch_key_id = u.branch_key_id, ttl_ms = u.ttl_ms, created_at = u.created_at,
            expires_at = u.expires_at, cap_at = u.cap_at, credential_expires_at = u.credential_expires_at,
            lease_holder = u.lease_holder, mac = u.mac, sealed = u.sealed, sealed_metadata = u.sealed_metadata,
            fingerprint = u.fingerprint, sweep_at = u.sweep_at
          FROM json_to_recordset(p_update) AS u(id text, tenant text, thread_id text, mode text, state text,
            generation bigint, max_claims bigint, claimed bigint, allow text, rule_id text, branch_key_id text, ttl_ms bigint,
            created_at bigint, expires_at bigint, cap_at bigint, credential_expires_at bigint, lease_holder text, mac bytea,
            sealed bytea, sealed_metadata bytea, fingerprint bytea, sweep_at bigint, expected bytea)
          WHERE c.id = u.id AND c.mac = u.expected;
        GET DIAGNOSTICS changed = ROW_COUNT;
        IF changed <> json_array_length(p_update) THEN
          RAISE EXCEPTION 'refused' USING ERRCODE = '${COMMIT_REFUSED}';
        END IF;
      END IF;
      IF p_insert IS NOT NULL THEN
        INSERT INTO ${t('claims')} (id, tenant, thread_id, mode, state, generation, max_claims, claimed, allow, rule_id,
            branch_key_id, ttl_ms, created_at, expires_at, cap_at, credential_expires_at, lease_holder, mac, sealed,
            sealed_metadata, fingerprint, sweep_at)
          SELECT id, tenant, thread_id, mode, state, generation, max_claims, claimed, allow, rule_id,
            branch_key_id, ttl_ms, created_at, expires_at, cap_at, credential_expires_at, lease_holder, mac, sealed,
            sealed_metadata, fingerprint, sweep_at
          FROM json_populate_recordset(NULL::${t('claims')}, p_insert) ON CONFLICT DO NOTHING;
        GET DIAGNOSTICS changed = ROW_COUNT;
        IF changed <> json_array_length(p_insert) THEN
          RAISE EXCEPTION 'refused' USING ERRCODE = '${COMMIT_REFUSED}';
        END IF;
      END IF;
      IF p_places IS NOT NULL THEN
        INSERT INTO ${t('places')} (claim_id, place)
          SELECT claim_id, place FROM json_populate_recordset(NULL::${t('places')}, p_places) ON CONFLICT DO NOTHING;
      END IF;
      IF p_runs IS NOT NULL THEN
        INSERT INTO ${t('runs')} (claim_id, run_id)
          SELECT claim_id, run_id FROM json_populate_recordset(NULL::${t('runs')}, p_runs) ON CONFLICT DO NOTHING;
      END IF;
${afterClaims}      IF p_thread IS NOT NULL THEN
        INSERT INTO ${t('threads')} AS t (tenant, thread_id, used_at, held, mac)
          SELECT tenant, thread_id, used_at, held, mac FROM json_populate_record(NULL::${t('threads')}, p_thread)
          ON CONFLICT (tenant, thread_id) DO UPDATE SET used_at = excluded.used_at, held = excluded.held, mac = excluded.mac
          WHERE t.used_at < excluded.used_at OR (t.used_at = excluded.used_at AND t.held <> excluded.held);
      END IF;
      IF p_revoke IS NOT NULL THEN
        INSERT INTO ${t('revocations')} (tenant, tag, thread_id)
          SELECT tenant, tag, thread_id FROM json_populate_recordset(NULL::${t('revocations')}, p_revoke)
          ON CONFLICT DO NOTHING;
      END IF;
      IF p_reinstate IS NOT NULL THEN
        DELETE FROM ${t('revocations')} r USING json_populate_recordset(NULL::${t('revocations')}, p_reinstate) u
          WHERE r.tenant = u.tenant AND r.tag = u.tag;
      END IF;
      IF p_events IS NOT NULL THEN
        PERFORM ${t('append_events')}(p_events);
      END IF;
      now_ms := (extract(epoch FROM clock_timestamp()) * 1000)::bigint;
      IF now_ms >= p_deadline THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = '${COMMIT_REFUSED}';
      END IF;
      RETURN now_ms;
    END $$;`
}

/** Numbers are drawn first, so that the index of claims can be written by the same statement. */
export const EVENTS_FUNCTION = (t: (name: string) => string): string => `
  CREATE FUNCTION ${t('append_events')}(p_events json) RETURNS void LANGUAGE plpgsql ${PLANNED_ONCE} AS $$
    #variable_conflict use_column
    BEGIN
      WITH numbered AS MATERIALIZED (
        SELECT nextval('${t('ledger_seq')}') AS number, e.* FROM json_populate_recordset(NULL::${t('ledger')}, p_events) e
      ), logged AS (
        INSERT INTO ${t('ledger')} (seq, at, writer, link, mac, tenant, operation, outcome, reason, thread_id, run_id, sub, act,
            claims, rules, kinds, channels, nodes, count)
          SELECT number, at, writer, link, mac, tenant, operation, outcome, reason, thread_id, run_id, sub, act,
            claims, rules, kinds, channels, nodes, count FROM numbered
      )
      INSERT INTO ${t('ledger_claims')} (claim_id, seq)
        SELECT c.id, number FROM numbered, json_array_elements_text(claims::json) AS c(id) ON CONFLICT DO NOTHING;
    END $$;`

/**
 * A commit with access records, part of version 3: a function of its own, so that one without them costs what it did, and
 * a process of version 2 that is still running finds the one it knows. Their claims are locked as a foreign key would,
 * which theirs is not: they outlive them.
 */
export const COMMIT_RECORDS_FUNCTION = (t: (name: string) => string): string => commitFunction(t, withRecords(t))

function withRecords(t: (name: string) => string): CommitParts {
  return {
    name: 'commit_with_records',
    parameter: ', p_records json',
    afterClaims: `      DECLARE
        change record;
      BEGIN
        PERFORM FROM (
            SELECT DISTINCT claim_id COLLATE "C" AS id FROM json_to_recordset(p_records) AS r(claim_id text)
              WHERE claim_id IS NOT NULL ORDER BY 1
          ) r CROSS JOIN LATERAL (SELECT FROM ${t('claims')} c WHERE c.id = r.id FOR KEY SHARE) AS locked;
        GET DIAGNOSTICS changed = ROW_COUNT;
        IF changed <> (SELECT count(DISTINCT claim_id) FROM json_to_recordset(p_records) AS r(claim_id text)) THEN
          RAISE EXCEPTION 'refused' USING ERRCODE = '${COMMIT_REFUSED}';
        END IF;
        FOR change IN
          SELECT * FROM json_to_recordset(p_records) AS r(tenant text, kind text, id text, thread_id text, claim_id text,
            holder text, body text, mac bytea, expires_at bigint, expected bytea)
          ORDER BY tenant COLLATE "C", kind COLLATE "C", id COLLATE "C"
        LOOP
          IF change.expected IS NULL THEN
            INSERT INTO ${t('access_records')} (tenant, kind, id, thread_id, claim_id, holder, body, mac, expires_at)
              VALUES (change.tenant, change.kind, change.id, change.thread_id, change.claim_id, change.holder, change.body,
                change.mac, change.expires_at)
              ON CONFLICT DO NOTHING;
          ELSE
            UPDATE ${t('access_records')} r SET thread_id = change.thread_id, claim_id = change.claim_id,
                holder = change.holder, body = change.body, mac = change.mac, expires_at = change.expires_at
              WHERE r.tenant = change.tenant AND r.kind = change.kind AND r.id = change.id AND r.mac = change.expected;
          END IF;
          GET DIAGNOSTICS changed = ROW_COUNT;
          IF changed <> 1 THEN
            RAISE EXCEPTION 'refused' USING ERRCODE = '${COMMIT_REFUSED}';
          END IF;
        END LOOP;
      END;
`,
  }
}

/**
 * Assumptions, part of version 4. A commit under one shares a lock of its tenant with others of its kind; one that adds a
 * revocation has that lock alone. So each sees the other or comes after it, where two snapshots would see neither. Locks of
 * a transaction, taken before any row's. A statement of a function sees what was committed before it began, but only where
 * a transaction reads so: elsewhere nothing is assumed.
 */
export const ASSUMING_FUNCTIONS = (t: (name: string) => string): string => {
  const lockOf = (tenant: string): string => `hashtextextended('${t('revocations')} ' || ${tenant}, 0)`
  const create = 'CREATE OR REPLACE FUNCTION'
  const lockRevoked = `      IF p_revoke IS NOT NULL THEN
        PERFORM pg_advisory_xact_lock(${lockOf('r.tenant')}) FROM (
          SELECT DISTINCT tenant COLLATE "C" AS tenant FROM json_populate_recordset(NULL::${t('revocations')}, p_revoke)
            ORDER BY 1
        ) r;
      END IF;
`
  const assume = `      PERFORM pg_advisory_xact_lock_shared(${lockOf('p_tenant')});
      IF current_setting('transaction_isolation') <> 'read committed'
        OR (extract(epoch FROM clock_timestamp()) * 1000)::bigint < p_not_before
        OR EXISTS (SELECT FROM ${t('revocations')} WHERE tenant = p_tenant AND tag = ANY (p_unrevoked))
        OR EXISTS (SELECT FROM json_populate_record(NULL::${t('threads')}, p_thread) u, ${t('threads')} t
          WHERE t.tenant = u.tenant AND t.thread_id = u.thread_id AND t.held <> u.held)
      THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = '${COMMIT_REFUSED}';
      END IF;
`
  return [
    commitFunction(t, { name: 'commit_change', create, first: lockRevoked }),
    commitFunction(t, { ...withRecords(t), create, first: lockRevoked }),
    commitFunction(t, {
      name: 'commit_assuming',
      parameter: ', p_tenant text, p_unrevoked text[], p_not_before bigint',
      first: assume,
    }),
  ].join('\n')
}
