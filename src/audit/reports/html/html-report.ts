import { createHash } from 'node:crypto'
import type { AuditReport } from '../../report.js'
import { shown } from '../shown.js'
import { dayText, isDate, numberText, verdictText } from '../wording.js'
import { findingsSection } from './findings.js'
import { html, Markup } from './markup.js'
import { charts, rotation, verdict } from './overview.js'
import { reading } from './reading.js'
import { PAGE_SCRIPT } from './script.js'
import { PAGE_STYLES } from './styles.js'

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/**
 * Nothing is loaded from anywhere, only this style sheet and this script run, and no string can become code. The icon is
 * the one picture, in the page itself: without it a browser asks the server for `/favicon.ico`.
 */
const POLICY = [
  "default-src 'none'",
  `style-src ${hashOf(PAGE_STYLES)}`,
  `script-src ${hashOf(PAGE_SCRIPT)}`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
].join('; ')

const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="4" fill="#b3341f"/><path d="M5 7.5V6a3 3 0 0 1 6 0v1.5" fill="none" stroke="#fff" stroke-width="1.5"/><rect x="4" y="7.5" width="8" height="5" rx="1" fill="#fff"/></svg>',
)}`

/**
 * One HTML file for people and their bosses: opens from disk, needs no network and no script, and holds no secret. With
 * a script it filters, searches, sorts and pages.
 */
export function htmlReport(report: AuditReport): string {
  const clean = report.summary.secrets === 0
  const date = dayText(report.endedAt)
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex, nofollow">
<title>${verdictText(report)} ${date}</title>
<link rel="icon" href="${new Markup(ICON)}">
<style>${new Markup(PAGE_STYLES)}</style>
</head>
<body class="${clean ? 'is-clean' : ''}">
<a class="skip" href="${clean ? '#read' : '#findings'}">Skip to ${clean ? 'what was read' : 'the findings'}</a>
<header class="top"><p class="brand"><b>Secret audit</b> <span class="dim">${stores(report)}</span></p>
<p class="when">${isDate(report.endedAt) && html`<time datetime="${new Date(report.endedAt).toISOString()}">${date}</time>`}</p>
<button type="button" id="theme" class="js-only" aria-label="Auto colours">Auto</button></header>
<main>
${verdict(report)}
${clean ? null : [rotation(report), charts(report), findingsSection(report)]}
${reading(report)}
</main>
<footer><p>langgraph-secret-safe ${shown(report.tool.version, 60)}, ${numberText(report.tool.rules)} rules. This page loads nothing and holds no part of a secret but its public prefix; a fingerprint is keyed and guesses nothing. Ages are as of ${date}, UTC.</p></footer>
<script>${new Markup(PAGE_SCRIPT)}</script>
</body>
</html>
`.text
}

const stores = ({ sources }: AuditReport): Markup =>
  html`${sources.slice(0, 3).map(({ name }, i) => html`${i > 0 && ', '}<bdi>${shown(name, 60)}</bdi>`)}${sources.length > 3 && ` and ${numberText(sources.length - 3)} more`}`
