import type { AuditReport, SourceSummary } from '../../report.js'
import { groupSpread, providerGroups } from '../provider-groups.js'
import { shown } from '../shown.js'
import { bytesText, counted, dayText, doubts, numberText, SEVERITIES, spreadText } from '../wording.js'
import { byChannel, byProvider, byThread, timeline } from './aggregate.js'
import { barList, timeChart } from './charts.js'
import { type Content, html, type Markup, outwardLink } from './markup.js'

const TOP_PROVIDERS = 8
const TOP_BARS = 7

/** The sentence that a reader takes away, and the figures behind it. */
export function verdict(report: AuditReport): Markup {
  const { summary, sources } = report
  const stores = counted(sources.length, report.command === 'check' ? 'source' : 'store')
  const doubt = doubts(report)
  const callouts = doubt.length > 0 && html`<p class="callout">${doubt.join(' ')}</p>`
  if (summary.secrets === 0) return cleanVerdict(report, stores, callouts)
  return html`<section class="verdict" aria-labelledby="verdict">
<h1 id="verdict">${counted(summary.secrets, 'secret')} in plaintext</h1>
<p class="lead">${`In ${stores}, ${spreadText(summary)}. Take each for known to whoever can read these stores or a backup of them: rotate first, then remove the copies.`}</p>
${callouts}
<dl class="figures">${SEVERITIES.map(
    (severity) =>
      html`<div class="${summary.bySeverity[severity] === 0 ? 'nil' : ''}"><dt><i class="dot s-${severity}"></i>${severity}</dt><dd>${numberText(summary.bySeverity[severity])}</dd></div>`,
  )}<div class="rule"><dt>threads</dt><dd>${numberText(summary.threads)}</dd></div><div><dt>checkpoints</dt><dd>${numberText(summary.checkpoints)}</dd></div><div><dt>copies</dt><dd>${numberText(summary.copies)}</dd></div></dl>
</section>`
}

function cleanVerdict(report: AuditReport, stores: string, callouts: Content): Markup {
  const whole = doubts(report).length === 0
  const { sources, summary, tool } = report
  const sum = (of: (source: SourceSummary) => number) => sources.reduce((total, source) => total + of(source), 0)
  const nothing = sources.length === 0 || sum(({ bytes }) => bytes) === 0
  const mark = html`<svg class="mark" viewBox="0 0 48 48" aria-hidden="true" focusable="false"><circle cx="24" cy="24" r="22"/><path d="M14 25l7 7 13-15"/></svg>`
  return html`<section class="verdict clean" aria-labelledby="verdict">
${whole && !nothing && mark}
<h1 id="verdict">${nothing ? 'Nothing was read' : whole ? 'No secret found' : 'No secret found in what was read'}</h1>
<p class="lead">${
    nothing
      ? 'There was nothing to look through, which says nothing about secrets.'
      : `${bytesText(sum(({ bytes }) => bytes))} of ${stores} were looked through with ${counted(tool.rules, 'rule')}. What no rule knows is not found.`
  }</p>
${callouts}${summary.allowed > 0 && html`<p class="note">${counted(summary.allowed, 'finding')} allowed by the configuration.</p>`}
<dl class="figures"><div><dt>rows</dt><dd>${numberText(sum(({ rows }) => rows))}</dd></div><div><dt>threads</dt><dd>${numberText(sum(({ threads }) => threads))}</dd></div><div><dt>checkpoints</dt><dd>${numberText(sum(({ checkpoints }) => checkpoints))}</dd></div><div><dt>unreadable</dt><dd>${numberText(sum(({ unreadable }) => unreadable))}</dd></div></dl>
</section>`
}

/** What to do, in order. */
export function rotation(report: AuditReport): Markup | null {
  const groups = providerGroups(report).filter(({ toRotate }) => toRotate.length > 0)
  if (groups.length === 0) return null
  const rest = groups.length - TOP_PROVIDERS
  return html`<section class="card" aria-labelledby="rotate"><div class="section-head"><h2 id="rotate">Rotate first</h2><p class="note">By severity, then by how far it has spread.</p></div>
<ol class="rotate">${groups.slice(0, TOP_PROVIDERS).map(
    (
      group,
      i,
    ) => html`<li><span class="place" aria-hidden="true">${i + 1}</span><span class="who"><a href="#findings" data-pick="provider" data-value="${group.provider}" data-label="${shown(group.provider, 60)}"><bdi>${shown(group.provider, 60)}</bdi></a><span class="sub">${counted(group.toRotate.length, 'secret')}, worst ${group.worst}</span></span>
<span class="spread">${groupSpread(group)}${group.firstSeen !== null && `; since ${dayText(group.firstSeen)}`}</span>
<span class="go">${group.link === null ? html`<span class="dim">no page known</span>` : outwardLink(group.link, html`Rotate<span class="vh"> keys of ${shown(group.provider, 60)}</span>`)}</span></li>
`,
  )}</ol>${rest > 0 && html`<p class="note">and ${counted(rest, 'more provider')}: <code>secret-safe audit --rotate-plan</code> lists all.</p>`}</section>`
}

export function charts(report: AuditReport): Markup {
  const { secrets } = report
  const time = timeline(report)
  const threads = byThread(secrets)
  const cut = secrets.some(({ placesOmitted }) => placesOmitted > 0)
  const limits =
    cut && html`<p class="note">Counted over the places that the report lists, at most a hundred of each secret.</p>`
  const legend = html`<p class="legend">${SEVERITIES.map((severity) => html`<span><i class="dot s-${severity}"></i>${severity}</span>`)}</p>`
  return html`<div class="grid">
<section class="card wide"><div class="section-head"><h2>When they came in</h2>${legend}</div>${
    time === null ? empty('No row says when it was written.') : timeChart(time)
  }</section>
${card('By provider', barList(byProvider(secrets), TOP_BARS, 'provider', 'provider'))}
${card('By channel', [barList(byChannel(secrets), TOP_BARS, 'rows', 'channel'), limits])}
${card('Worst threads', threads.length === 0 ? empty('None stands in a thread.') : [barList(threads, TOP_BARS, 'rows', 'thread'), limits])}
</div>`
}

const empty = (text: string): Markup => html`<p class="empty">${text}</p>`

const card = (title: string, content: Content): Markup =>
  html`<section class="card"><h2>${title}</h2>${content}</section>`
