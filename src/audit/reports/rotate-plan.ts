import type { AuditReport, SecretSummary } from '../report.js'
import { groupSpread, type ProviderGroup, providerGroups } from './provider-groups.js'
import { shown } from './shown.js'
import type { Styler } from './text-report.js'
import { ageText, counted, dayText, doubts, numberText, SEVERITIES, shapeText, spreadText } from './wording.js'

const plain: Styler = (_, text) => text
const MAX_OWNERS = 20

/**
 * `audit --rotate-plan`: which provider first, where its keys are rotated, whom to tell, and a line to tick for each
 * secret. Not cut: it is a list to work through. Secrets that open nothing come last, as such.
 */
export function rotatePlan(report: AuditReport, style: Styler = plain): string {
  const groups = providerGroups(report)
  const urgent = groups.filter(({ toRotate }) => toRotate.length > 0)
  const harmless = groups.flatMap(({ secrets, toRotate }) => secrets.filter((secret) => !toRotate.includes(secret)))
  const total = urgent.reduce((sum, { toRotate }) => sum + toRotate.length, 0)
  const head =
    total === 0
      ? 'Nothing to rotate.'
      : `Rotate ${counted(total, 'secret')} of ${counted(urgent.length, 'provider')}, the most exposed first.`
  const lines = [
    style('bold', head),
    ...doubts(report).map((doubt) => style('yellow', `${doubt} There may be more.`)),
    ...urgent.flatMap((group, i) => ['', ...groupLines(group, i + 1, report, style)]),
    ...harmlessLines(harmless, style),
  ]
  return `${lines.join('\n')}\n`
}

function groupLines(group: ProviderGroup, place: number, report: AuditReport, style: Styler): string[] {
  const { provider, toRotate, link, owners } = group
  const age = ageText(group, report)
  const named = owners.slice(0, MAX_OWNERS).map((owner) => shown(owner, 80))
  return [
    `${`${place}.`.padEnd(4)}${style('bold', shown(provider, 80))}: ${worstText(toRotate)}; ${groupSpread(group)}${
      age === null ? '' : `; since ${dayText(group.firstSeen)} (${age})`
    }`,
    `    rotate at: ${link === null ? 'no page known' : style('cyan', link)}`,
    `    owners: ${named.length === 0 ? 'not named in any metadata' : named.join(', ')}${
      owners.length > MAX_OWNERS ? ` and ${counted(owners.length - MAX_OWNERS, 'more owner')}` : ''
    }`,
    ...toRotate.map((secret) => `    ${secretLine(secret)}`),
  ]
}

const secretLine = (secret: SecretSummary): string =>
  `[ ] ${secret.severity.padEnd(8)} ${shown(secret.title)}, ${shapeText(secret)}; id ${shown(secret.id, 60)}; ${spreadText(secret)}`

function worstText(secrets: readonly SecretSummary[]): string {
  return SEVERITIES.map((severity) => ({ severity, own: secrets.filter((secret) => secret.severity === severity) }))
    .filter(({ own }) => own.length > 0)
    .map(({ severity, own }) => `${numberText(own.length)} ${severity}`)
    .join(', ')
}

function harmlessLines(secrets: readonly SecretSummary[], style: Styler): string[] {
  if (secrets.length === 0) return []
  const why = {
    publishable: 'public by design',
    test: 'opens a sandbox only',
    identifier: 'names an account',
    private: '',
  }
  return [
    '',
    style('bold', 'Rotate only if you want to:'),
    ...secrets.map(
      (secret) =>
        `    ${shown(secret.provider, 80)}: ${shown(secret.title)} (${why[secret.kind]}); id ${shown(secret.id, 60)}`,
    ),
  ]
}
