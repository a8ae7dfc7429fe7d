import { columns } from '../table.js'
import type { AuditBench } from './section.js'

const AIM = 1.5
const JOBS_AIM = 1.7

/** The ratio is an audit's time by that of reading the same rows through the same source. */
export function renderAudit({ stores }: AuditBench): string {
  const head = [
    '',
    'MB',
    'rows',
    'secrets',
    'ratio',
    'aim',
    'cpu',
    'read MB/s',
    'audit MB/s',
    'RSS growth MB',
    '2 jobs',
    'cpu',
    'aim',
  ]
  const rows = stores.map(({ store, megabytes, rows, secrets, audit, rssGrowthMb, twoJobs }) => [
    store,
    megabytes.toFixed(0),
    String(rows),
    String(secrets),
    audit.ratio.toFixed(2),
    AIM.toFixed(2),
    audit.cpuRatio.toFixed(2),
    rate(megabytes, audit.bare.medianMs),
    rate(megabytes, audit.wrapped.medianMs),
    rssGrowthMb.toFixed(0),
    twoJobs?.wall.toFixed(2) ?? '',
    twoJobs?.cpu.toFixed(2) ?? '',
    JOBS_AIM.toFixed(2),
  ])
  return columns('An audit of a store, against reading its rows', [head, ...rows])
}

const rate = (megabytes: number, ms: number): string => ((megabytes * 1_000) / ms).toFixed(0)
