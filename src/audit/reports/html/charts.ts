import { shown } from '../shown.js'
import { counted, dayText, numberText, SEVERITIES } from '../wording.js'
import type { Bar, BySeverity, TimeBucket, Timeline } from './aggregate.js'
import { type Content, html, type Markup } from './markup.js'

/** What a bar's link filters by; read by the page's script. */
type PickBy = 'provider' | 'rows'

/**
 * A list whose lines are a name, a bar and a number: the text says everything, so the bars are hidden from a screen
 * reader. Each name filters the findings below, or without a script leads there.
 */
export function barList(bars: readonly Bar[], limit: number, pick: PickBy, noun: string): Markup {
  const largest = Math.max(1, ...bars.slice(0, limit).map(({ secrets }) => secrets))
  const rest = bars.slice(limit)
  return html`<ol class="bars">${bars.slice(0, limit).map((bar) => barLine(bar, largest, pick))}</ol>${
    rest.length > 0 && html`<p class="note">and ${counted(rest.length, `more ${noun}`)}</p>`
  }`
}

function barLine(bar: Bar, largest: number, pick: PickBy): Markup {
  const { name, secrets, copies, bySeverity, rows } = bar
  const value = pick === 'provider' ? name : rows.join(' ')
  return html`<li><a href="#findings" data-pick="${pick}" data-value="${value}" data-label="${shown(name, 60)}"><bdi>${shown(name, 60)}</bdi></a>
<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">${stack(bySeverity, largest)}</svg>
<span class="n"><span class="vh">${counted(secrets, 'secret')}, </span><b aria-hidden="true">${numberText(secrets)}</b> <span class="dim">${counted(copies, 'copy')}</span></span></li>
`
}

function stack(bySeverity: BySeverity, largest: number): Content {
  let x = 0
  return SEVERITIES.map((severity) => {
    const width = (bySeverity[severity] / largest) * 100
    const left = x
    x += width
    return (
      width > 0 &&
      html`<rect class="s-${severity}" x="${left.toFixed(2)}" y="0" width="${width.toFixed(2)}" height="8"/>`
    )
  })
}

const CHART_HEIGHT = 100
/** The part of a column's room that stays empty. */
const GAP = 0.22

/** Columns of secrets by when they were first seen. The SVG is stretched and holds no text; labels stand around it. */
export function timeChart({ unit, buckets, undated }: Timeline): Markup {
  const highest = Math.max(1, ...buckets.map(({ secrets }) => secrets))
  const total = buckets.reduce((sum, { secrets }) => sum + secrets, 0)
  const peak = buckets.find(({ secrets }) => secrets === highest)!
  const [first, last] = [buckets[0]!, buckets.at(-1)!]
  const summary = `${counted(total, 'secret')} by the ${unit} in which each was first seen, from ${label(first, unit)} to ${label(last, unit)}; most of them, ${numberText(highest)}, in the ${unit} of ${label(peak, unit)}.`
  return html`<figure class="time">
<div class="plot"><span class="max" aria-hidden="true">${numberText(highest)}</span>
<svg viewBox="0 0 ${buckets.length} ${CHART_HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${summary}">
<line class="grid" x1="0" x2="${buckets.length}" y1="0" y2="0"/><line class="grid" x1="0" x2="${buckets.length}" y1="50" y2="50"/>
${buckets.map((bucket, i) => column(bucket, i, highest, unit))}</svg></div>
<div class="axis" aria-hidden="true"><span>${label(first, unit)}</span>${
    buckets.length > 6 && html`<span>${label(buckets[Math.floor(buckets.length / 2)]!, unit)}</span>`
  }<span>${buckets.length > 1 && label(last, unit)}</span></div>
<figcaption class="note">By ${unit} of first sight.${undated > 0 && ` ${counted(undated, 'secret')} without a date ${undated === 1 ? 'is' : 'are'} not shown.`}</figcaption>
</figure>`
}

function column(
  { bySeverity, secrets, startMs }: TimeBucket,
  index: number,
  highest: number,
  unit: Timeline['unit'],
): Content {
  if (secrets === 0) return null
  let y = CHART_HEIGHT
  const parts = SEVERITIES.map((severity) => {
    const height = (bySeverity[severity] / highest) * CHART_HEIGHT
    y -= height
    return (
      height > 0 &&
      html`<rect class="s-${severity}" x="${index + GAP / 2}" y="${y.toFixed(2)}" width="${1 - GAP}" height="${height.toFixed(2)}"/>`
    )
  })
  return html`<g><title>${label({ startMs }, unit)}: ${counted(secrets, 'secret')}</title>${parts}</g>
`
}

function label({ startMs }: { readonly startMs: number }, unit: Timeline['unit']): string {
  const day = dayText(startMs)
  return unit === 'year' ? day.slice(0, -6) : unit === 'month' ? day.slice(0, -3) : day
}
