import type { ReportingDescriptor, Result } from 'sarif'
import type { Severity } from '../../detect-entry.js'
import type { SecretSummary } from '../report.js'
import { groupBy } from './group.js'
import { neutral, safeLink } from './shown.js'
import { SEVERITIES } from './wording.js'

export const LEVELS = { critical: 'error', high: 'error', medium: 'warning', low: 'note' } as const satisfies Record<
  Severity,
  Result.level
>
/** GitHub reads it as a CVSS score: above 9.0 critical, 7.0 high, 4.0 medium, then low. */
const SCORES = { critical: '9.5', high: '8.0', medium: '5.5', low: '2.5' } as const
const PRECISIONS = { certain: 'very-high', high: 'high', medium: 'medium', low: 'low' } as const
const CONFIDENCES = ['low', 'medium', 'high', 'certain'] as const

/** A rule for each that found something; its severity is that of its worst secret. */
export function sarifRules(secrets: readonly SecretSummary[]): ReportingDescriptor[] {
  return [...groupBy(secrets, ({ ruleId }) => ruleId)].map(([ruleId, own]) => {
    const { title, provider, rotateAt } = own[0]!
    const severity = SEVERITIES.find((each) => own.some((secret) => secret.severity === each))!
    const confidence = CONFIDENCES.find((each) => own.some((secret) => secret.confidence === each))!
    const link = safeLink(rotateAt)
    const advice = adviceFor(sarifText(provider), link)
    return {
      id: sarifText(ruleId),
      name: sarifText(ruleId),
      shortDescription: { text: sarifText(title) },
      fullDescription: { text: `${sarifText(title)}, stored in plaintext.` },
      ...(link === null ? {} : { helpUri: link }),
      help: { text: advice.join('\n'), markdown: markdownOf(advice, link) },
      defaultConfiguration: { level: LEVELS[severity] },
      properties: {
        tags: ['security', 'secret', 'external/cwe/cwe-312', 'external/cwe/cwe-798'],
        precision: PRECISIONS[confidence],
        'security-severity': SCORES[severity],
      },
    }
  })
}

function adviceFor(provider: string, link: string | null): string[] {
  return [
    `Whoever reads this store or file can use the credential of ${provider}.`,
    `1. Rotate it${link === null ? '' : ` at ${link}`}: what was stored must be taken for known.`,
    '2. Remove the copies: secret-safe fix seals or redacts them in a checkpoint store.',
    '3. Keep new ones out: wrap the checkpoint saver with SecretSafeSaver.',
  ]
}

function markdownOf(advice: readonly string[], link: string | null): string {
  return advice
    .map((line) => (link === null ? line : line.replace(link, () => `<${link}>`)))
    .map((line) => line.replace('secret-safe fix', '`secret-safe fix`').replace('SecretSafeSaver', '`SecretSafeSaver`'))
    .join('\n')
}

/**
 * A name inside a SARIF message or a rule's help. `[text](target)` is a link in plain text, too (SARIF 2.1.0, 3.11.6),
 * `{0}` is a placeholder (3.11.5), and the help is Markdown: all of their signs are shown as look-alikes, for GitHub does
 * not read the escapes that the standard gives.
 */
export function sarifText(text: string): string {
  return neutral(text).replace(/[[\]{}<>`|&@*\\]/g, (char) => LOOK_ALIKES[char]!)
}

const LOOK_ALIKES: Readonly<Record<string, string>> = {
  '[': '［',
  ']': '］',
  '{': '｛',
  '}': '｝',
  '<': '‹',
  '>': '›',
  '`': 'ˋ',
  '|': '｜',
  '&': '＆',
  '@': '＠',
  '*': '∗',
  '\\': '＼',
}
