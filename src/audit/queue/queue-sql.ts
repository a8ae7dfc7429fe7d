/** A schema of its own, which nobody else may read: the key of a run's fingerprints lies in it. */
const SCHEMA = 'secret_safe_audit'

export const SETUP = [
  `CREATE SCHEMA IF NOT EXISTS ${SCHEMA}`,
  `CREATE TABLE IF NOT EXISTS ${SCHEMA}.runs (
    asked text PRIMARY KEY,
    run uuid NOT NULL UNIQUE,
    key bytea NOT NULL,
    started_at bigint NOT NULL,
    planner uuid,
    planner_until timestamptz,
    last_unit jsonb,
    is_planned boolean NOT NULL DEFAULT false,
    ended_at bigint
  )`,
  `CREATE TABLE IF NOT EXISTS ${SCHEMA}.units (
    run uuid NOT NULL REFERENCES ${SCHEMA}.runs (run) ON DELETE CASCADE,
    ordinal bigint NOT NULL,
    unit jsonb NOT NULL,
    worker uuid,
    leased_until timestamptz,
    result json,
    PRIMARY KEY (run, ordinal)
  )`,
  `CREATE TABLE IF NOT EXISTS ${SCHEMA}.workers (
    run uuid NOT NULL REFERENCES ${SCHEMA}.runs (run) ON DELETE CASCADE,
    worker uuid NOT NULL,
    seen_at timestamptz NOT NULL,
    PRIMARY KEY (run, worker)
  )`,
] as const

/** Makes the run, or joins the one that is under way: `$1` what is asked, `$2` a run's id, `$3` a key, `$4` the time. */
export const JOIN = `
  INSERT INTO ${SCHEMA}.runs (asked, run, key, started_at) VALUES ($1, $2, $3, $4)
  ON CONFLICT (asked) DO UPDATE SET asked = EXCLUDED.asked
  RETURNING run, key, started_at::float8 AS started_at`

/** A run that came to its end and whose workers are gone was left behind by one that died. */
export const FORGET = `
  DELETE FROM ${SCHEMA}.runs r WHERE asked = $1 AND ended_at IS NOT NULL AND NOT EXISTS (
    SELECT FROM ${SCHEMA}.workers w WHERE w.run = r.run AND seen_at > now() - make_interval(secs => $2))`

export const SEEN = `
  INSERT INTO ${SCHEMA}.workers (run, worker, seen_at) VALUES ($1, $2, now())
  ON CONFLICT (run, worker) DO UPDATE SET seen_at = now()`

/** Nobody plans it, or whoever did is lost. */
export const TAKE_PLANNING = `
  UPDATE ${SCHEMA}.runs SET planner = $2, planner_until = now() + make_interval(secs => $3)
  WHERE run = $1 AND NOT is_planned AND (planner = $2 OR planner_until IS NULL OR planner_until < now())
  RETURNING last_unit`

/** Units `$3`, in order; fails for a planner that was taken for lost. */
export const ADD_UNITS = `
  WITH planner AS (
    UPDATE ${SCHEMA}.runs SET planner_until = now() + make_interval(secs => $4), last_unit = coalesce(($3::jsonb) -> -1, last_unit), is_planned = $5
    WHERE run = $1 AND planner = $2 AND NOT is_planned RETURNING run
  ), added AS (
    INSERT INTO ${SCHEMA}.units (run, ordinal, unit)
    SELECT run, (SELECT coalesce(max(ordinal), 0) FROM ${SCHEMA}.units WHERE run = $1) + n, unit
    FROM planner, jsonb_array_elements($3::jsonb) WITH ORDINALITY AS u (unit, n)
  )
  SELECT run FROM planner`

/** The first unit that nobody has, or whose worker is lost. */
export const TAKE_UNIT = `
  UPDATE ${SCHEMA}.units SET worker = $2, leased_until = now() + make_interval(secs => $3)
  WHERE (run, ordinal) = (
    SELECT run, ordinal FROM ${SCHEMA}.units
    WHERE run = $1 AND result IS NULL AND (leased_until IS NULL OR leased_until < now())
    ORDER BY ordinal LIMIT 1 FOR UPDATE SKIP LOCKED)
  RETURNING ordinal::float8 AS ordinal, unit`

export const RENEW_UNIT = `
  UPDATE ${SCHEMA}.units SET leased_until = now() + make_interval(secs => $4)
  WHERE run = $1 AND ordinal = $2 AND worker = $3 AND result IS NULL`

/** Only the worker that has it: one that was taken for lost counts nothing twice. */
export const FINISH_UNIT = `
  UPDATE ${SCHEMA}.units SET result = $4::json WHERE run = $1 AND ordinal = $2 AND worker = $3 AND result IS NULL
  RETURNING ordinal`

/** An interrupted worker gives back what it has. */
export const GIVE_BACK = `
  UPDATE ${SCHEMA}.units SET leased_until = NULL, worker = NULL WHERE run = $1 AND worker = $2 AND result IS NULL`

export const PROGRESS = `
  SELECT r.is_planned, count(u.run)::float8 AS units, count(u.result)::float8 AS done
  FROM ${SCHEMA}.runs r LEFT JOIN ${SCHEMA}.units u ON u.run = r.run WHERE r.run = $1 GROUP BY r.run, r.is_planned`

export const RESULTS = `
  SELECT ordinal::float8 AS ordinal, result FROM ${SCHEMA}.units WHERE run = $1 AND ordinal > $2 ORDER BY ordinal LIMIT 100`

export const END = `
  UPDATE ${SCHEMA}.runs SET ended_at = coalesce(ended_at, $2) WHERE run = $1 RETURNING ended_at::float8 AS ended_at`

export const LEAVE = `DELETE FROM ${SCHEMA}.workers WHERE run = $1 AND worker = $2`

/** The last one out takes the key and the findings with it. */
export const CLEAR = `
  DELETE FROM ${SCHEMA}.runs r WHERE run = $1 AND ended_at IS NOT NULL
  AND NOT EXISTS (SELECT FROM ${SCHEMA}.workers w WHERE w.run = r.run AND seen_at > now() - make_interval(secs => $2))`
