import type { AuditReport, Place, SecretSummary } from '../report.js'

const MAX_SECRETS = 50

/** A plain summary, without color. */
export function summaryReport(report: AuditReport): string {
  const { summary, sources, secrets, warnings } = report
  const lines = sources.map(
    ({ name, layout, kind, rows, threads, checkpoints }) =>
      `${name}: ${layout ?? kind}, ${rows} rows, ${threads} threads, ${checkpoints} checkpoints`,
  )
  const found =
    summary.secrets === 0
      ? 'No secrets found'
      : `${summary.secrets} secrets in ${summary.copies} copies, ${summary.threads} threads`
  lines.push('', `${found}${report.complete ? '.' : '; not all was read.'}`)
  for (const secret of secrets.slice(0, MAX_SECRETS)) lines.push(...linesOf(secret))
  if (secrets.length > MAX_SECRETS) lines.push(`… and ${secrets.length - MAX_SECRETS} more.`)
  if (summary.allowed > 0) lines.push(`${summary.allowed} findings are allowed by the configuration.`)
  for (const { code, message, count } of warnings)
    lines.push(`warning ${code}: ${message}${count > 1 ? ` (${count})` : ''}`)
  return `${lines.join('\n')}\n`
}

function linesOf({ severity, title, prefix, length, copies, threads, rotateAt, places }: SecretSummary): string[] {
  const [first] = places
  return [
    `${severity.padEnd(8)} ${title}: ${prefix}… (${length} characters), ${copies} copies in ${threads} threads`,
    ...(first === undefined ? [] : [`         first at ${placeText(first)}`]),
    ...(rotateAt === '' ? [] : [`         rotate: ${rotateAt}`]),
  ]
}

function placeText({ file, line, threadId, channel, path, table, column, message, checkpointId, at }: Place): string {
  const where = [
    file && (line ? `${file}:${line}` : file),
    threadId && `thread ${threadId}`,
    checkpointId && `checkpoint ${checkpointId}`,
    channel ? `channel ${channel}` : table && `${table}.${column}`,
    message && `message ${message.index} (${message.role})`,
    path && path.length > 0 && path.join('.'),
    at && new Date(at).toISOString(),
  ]
  return where.filter(Boolean).join(', ')
}
