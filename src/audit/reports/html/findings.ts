import type { AuditReport, Place, SecretSummary } from '../../report.js'
import { shown } from '../shown.js'
import {
  ageText,
  counted,
  dayText,
  isDate,
  numberText,
  placeDetails,
  placeName,
  SEVERITIES,
  shapeText,
  spreadText,
} from '../wording.js'
import { type Content, html, type Markup, outwardLink } from './markup.js'

/** Above that a page takes long to open; what is left out is said, and is in the JSON report. */
const MAX_LISTED = 2000
/** The first ones, which people open, show more of their places than the long tail. */
const DETAILED = 500
const PLACES_DETAILED = 20
const PLACES_OTHERWISE = 1

/** The list with its filters. Without a script the filters are hidden and every finding is on the page. */
export function findingsSection(report: AuditReport): Markup {
  const listed = report.secrets.slice(0, MAX_LISTED)
  return html`<section id="findings" aria-labelledby="findings-title" tabindex="-1">
<div class="section-head"><h2 id="findings-title">Findings</h2><p id="status" class="note" role="status">${counted(listed.length, 'secret')}, what to rotate first comes first.</p></div>
${controls(listed)}
${limits(listed.length, report.summary.secrets)}
<div id="list">
${listed.map((secret, i) => finding(secret, i, report))}</div>
<p id="nothing" class="empty" hidden>No finding matches. <button type="button" class="link" data-clear>Clear the filters</button></p>
<p class="more"><button type="button" id="more" hidden>Show more</button></p>
</section>`
}

function limits(listed: number, all: number): Content {
  const texts = [
    listed < all && `The first ${numberText(listed)} of ${numberText(all)} secrets are listed here.`,
    listed > DETAILED &&
      `From the ${DETAILED + 1}st on, one place of each is shown. Search sees what is shown; the JSON report has the rest.`,
  ].filter((text) => text !== false)
  return texts.length > 0 && html`<p class="callout">${texts.join(' ')}</p>`
}

function controls(secrets: readonly SecretSummary[]): Markup {
  const providers = [...new Set(secrets.map(({ provider }) => provider))].sort()
  const counts = SEVERITIES.map(
    (severity) => [severity, secrets.filter((secret) => secret.severity === severity).length] as const,
  )
  return html`<form id="controls" class="js-only" role="search" aria-label="Filter the findings">
<label class="search"><span class="vh">Search in titles, providers, threads, paths, owners</span><input id="query" type="search" placeholder="Search thread, path, owner…" autocomplete="off" spellcheck="false"></label>
<fieldset><legend class="vh">Severity</legend>${counts
    .filter(([, count]) => count > 0)
    .map(
      ([severity, count]) =>
        html`<label class="chip"><input type="checkbox" name="severity" value="${severity}"><span><i class="dot s-${severity}"></i>${severity} <b>${numberText(count)}</b></span></label>`,
    )}</fieldset>
<label><span class="vh">Provider</span><select id="provider"><option value="">All providers</option>${providers.map((provider) => html`<option value="${provider}">${shown(provider, 60)}</option>`)}</select></label>
<label><span class="vh">Order</span><select id="order"><option value="urgency">Rotate first</option><option value="threads">Most threads</option><option value="copies">Most copies</option><option value="oldest">Oldest</option><option value="newest">Newest</option></select></label>
<button type="button" id="picked" class="picked" hidden data-clear></button>
</form>`
}

function finding(secret: SecretSummary, index: number, report: AuditReport): Markup {
  const { severity, title, provider, firstSeen, copies, threads, kind } = secret
  const age = ageText(secret, report)
  return html`<details class="finding" data-row="${index}" data-severity="${severity}" data-provider="${provider}" data-first="${isDate(firstSeen) ? firstSeen : ''}" data-copies="${copies}" data-threads="${threads}">
<summary><span class="sev"><i class="dot s-${severity}"></i>${severity}</span>
<span class="what"><bdi class="title">${shown(title)}</bdi>${kind !== 'private' && html` <span class="tag">${kind}</span>`}<span class="sub"><bdi>${shown(provider, 60)}</bdi> · <code>${shapeText(secret)}</code></span></span>
<span class="spread">${spreadText(secret)}</span><span class="age">${age === null ? 'no date' : age === 'today' ? 'today' : `${age} old`}</span></summary>
<div class="body">${facts(secret)}${places(secret, index, report)}</div>
</details>
`
}

function facts(secret: SecretSummary): Markup {
  const { ruleId, confidence, id, firstSeen, lastSeen, owners, rotateAt, provider, action } = secret
  const page = outwardLink(rotateAt, html`<bdi>${shown(provider, 60)}</bdi>: rotate or revoke`)
  const people = owners.slice(0, 20).map((owner, i) => html`${i > 0 && ', '}<bdi>${shown(owner, 80)}</bdi>`)
  const rows: (readonly [string, Content])[] = [
    ['Rotate at', page ?? 'no page known'],
    [
      'Owners',
      owners.length === 0
        ? 'not named in any metadata'
        : html`${people}${owners.length > 20 && ` and ${numberText(owners.length - 20)} more`}`,
    ],
    ['First seen', time(firstSeen)],
    ['Last seen', time(lastSeen)],
    ['Rule', html`<code>${shown(ruleId)}</code>, confidence ${confidence}${action !== 'seal' && `, ${action} only`}`],
    ['Fingerprint', html`<code>${shown(id, 60)}</code>`],
  ]
  return html`<dl>${rows.map(([name, content]) => html`<div><dt>${name}</dt><dd>${content}</dd></div>`)}</dl>`
}

const time = (ms: number | null): Content =>
  isDate(ms) ? html`<time datetime="${new Date(ms).toISOString()}">${dayText(ms)}</time>` : 'no row says'

function places(secret: SecretSummary, index: number, report: AuditReport): Markup {
  const limit = index < DETAILED ? PLACES_DETAILED : PLACES_OTHERWISE
  const listed = secret.places.slice(0, limit)
  const omitted = secret.places.length - listed.length + secret.placesOmitted
  return html`<ul class="places" aria-label="Places">${listed.map((place) => placeItem(place, report))}</ul>${
    omitted > 0 &&
    html`<p class="note">and ${counted(omitted, 'more place')}, in the JSON report up to a hundred of them.</p>`
  }`
}

function placeItem(place: Place, { sources }: AuditReport): Markup {
  const source = sources[place.source]
  const details = placeDetails(place)
  return html`<li><code class="path"><bdi>${placeName(place)}</bdi></code> <span class="n">${counted(place.copies, 'copy')}</span>
<span class="where">${sources.length > 1 && source !== undefined && html`<span><span class="dim">in</span> <bdi>${shown(source.name)}</bdi></span>`}${details.map(
    ({ label, text }) => html`<span><span class="dim">${label}</span> <bdi>${text}</bdi></span>`,
  )}</span></li>`
}
