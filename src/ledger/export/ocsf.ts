import type { LedgerEntry, LedgerOperation } from '../event.js'

const VERSION = '1.3.0'
const CATEGORY = { uid: 6, name: 'Application Activity' } as const
const CLASS = { uid: 6003, name: 'API Activity' } as const

/** Of the class: 1 create, 2 read, 3 update, 4 delete, 99 other. */
const ACTIVITIES = {
  mint: 1,
  copy: 1,
  grant: 1,
  restore: 2,
  claim: 2,
  peek: 2,
  replace: 3,
  refresh: 3,
  reinstate: 3,
  'rotate-keys': 3,
  expire: 4,
  revoke: 4,
  sweep: 4,
  'delete-thread': 4,
  'destroy-keys': 4,
  prune: 4,
  'request-approval': 99,
  approve: 99,
  reject: 99,
  suspend: 99,
  resume: 99,
} as const satisfies Readonly<Record<LedgerOperation, number>>
const ACTIVITY_NAMES = { 1: 'Create', 2: 'Read', 3: 'Update', 4: 'Delete', 99: 'Other' } as const

const SEVERITY = { ok: 1, denied: 3 } as const

/**
 * An OCSF 1.3.0 event of class API Activity (6003), with the attributes that the class requires. Who asked over which
 * network is not in the ledger: `src_endpoint` names the writer's process.
 * @see https://schema.ocsf.io/1.3.0/classes/api_activity
 */
export function toOcsf(entry: LedgerEntry, vaultId: string): Readonly<Record<string, unknown>> {
  const activity = ACTIVITIES[entry.operation] ?? 99
  const { sub, act, outcome, reason, claims, count } = entry
  return {
    activity_id: activity,
    activity_name: activity === 99 ? entry.operation : ACTIVITY_NAMES[activity],
    actor: {
      user: { uid: sub ?? 'unknown' },
      ...(act === undefined ? {} : { app_name: act }),
    },
    api: { operation: entry.operation, service: { name: 'langgraph-secret-safe', uid: vaultId } },
    category_name: CATEGORY.name,
    category_uid: CATEGORY.uid,
    class_name: CLASS.name,
    class_uid: CLASS.uid,
    ...(count === undefined ? {} : { count }),
    metadata: {
      uid: `${vaultId}:${entry.seq}`,
      version: VERSION,
      product: { name: 'langgraph-secret-safe', vendor_name: 'langgraph-secret-safe' },
      tenant_uid: entry.tenant,
      ...(entry.runId === undefined ? {} : { correlation_uid: entry.runId }),
      sequence: entry.seq,
    },
    resources: claims.map((uid) => ({ uid, type: 'claim' })),
    severity: outcome === 'ok' ? 'Informational' : 'Medium',
    severity_id: SEVERITY[outcome],
    src_endpoint: { uid: entry.writer },
    status: outcome === 'ok' ? 'Success' : 'Failure',
    status_id: outcome === 'ok' ? 1 : 2,
    ...(reason === undefined ? {} : { status_detail: reason }),
    time: entry.at,
    type_name: `${CLASS.name}: ${ACTIVITY_NAMES[activity]}`,
    type_uid: CLASS.uid * 100 + activity,
    unmapped: unmapped(entry),
  }
}

function unmapped({ threadId, rules, kinds, channels, nodes, link }: LedgerEntry): Readonly<Record<string, unknown>> {
  return { thread_id: threadId, rules, kinds, channels, nodes, link }
}
