import type { AuditReport } from '../report.js'

/** What to rotate, where and whose it is; the most exposed first. */
export function rotationPlan({ secrets }: AuditReport): string {
  const lines = ['#\tseverity\tprovider\tkind\tlength\tthreads\tcopies\tlast seen\towners\trotate at\tfingerprint']
  secrets.forEach((secret, i) => {
    const { severity, provider, ruleId, length, threads, copies, lastSeen, owners, rotateAt, id } = secret
    const seen = lastSeen === null ? '-' : new Date(lastSeen).toISOString().slice(0, 10)
    lines.push(
      [
        i + 1,
        severity,
        provider,
        ruleId,
        length,
        threads,
        copies,
        seen,
        owners.join(' ') || '-',
        rotateAt || '-',
        id,
      ].join('\t'),
    )
  })
  return `${lines.join('\n')}\n`
}
