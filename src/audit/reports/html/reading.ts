import type { AuditReport } from '../../report.js'
import { shown } from '../shown.js'
import { bytesText, counted, numberText } from '../wording.js'
import { html, type Markup } from './markup.js'

const MAX_SOURCES = 200
const MAX_WARNINGS = 200

/** What was read and what was not: a report of findings says little without it. */
export function reading(report: AuditReport): Markup {
  const { sources, warnings } = report
  return html`<section aria-labelledby="read"><h2 id="read">What was read</h2>
${
  sources.length === 0
    ? html`<p class="empty">Nothing.</p>`
    : html`<div class="scroll" role="region" aria-labelledby="read" tabindex="0"><table><thead><tr><th scope="col">Source</th><th scope="col">Layout</th><th scope="col">Rows</th><th scope="col">Size</th><th scope="col">Threads</th><th scope="col">Checkpoints</th><th scope="col">Unreadable</th></tr></thead><tbody>${sources
        .slice(0, MAX_SOURCES)
        .map(
          ({ name, layout, kind, rows, bytes, threads, checkpoints, unreadable }) =>
            html`<tr><th scope="row"><bdi>${shown(name)}</bdi></th><td>${shown(layout ?? kind)}</td><td>${numberText(rows)}</td><td>${bytesText(bytes)}</td><td>${numberText(threads)}</td><td>${numberText(checkpoints)}</td><td class="${unreadable > 0 ? 'warn' : ''}">${numberText(unreadable)}</td></tr>`,
        )}</tbody></table></div>`
}${sources.length > MAX_SOURCES && html`<p class="note">and ${counted(sources.length - MAX_SOURCES, 'more source')}</p>`}
${
  warnings.length > 0 &&
  html`<h3>Not read, or not wholly</h3><ul class="warnings">${warnings
    .slice(0, MAX_WARNINGS)
    .map(({ code, message, count, source }) => {
      const where = source === undefined ? undefined : sources[source]
      return html`<li><code>${shown(code, 60)}</code> ${shown(message, 500)}${count > 1 && ` (${numberText(count)} times)`}${where !== undefined && html` <span class="dim">in <bdi>${shown(where.name)}</bdi></span>`}</li>`
    })}</ul>${warnings.length > MAX_WARNINGS && html`<p class="note">and ${counted(warnings.length - MAX_WARNINGS, 'more warning')}</p>`}`
}</section>`
}
