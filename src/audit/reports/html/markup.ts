import { neutral, safeLink } from '../shown.js'

/** Text that is HTML already. Only `html` and this folder's constants make it, so nothing else reaches a page unescaped. */
export class Markup {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

export type Content = string | number | Markup | null | false | readonly Content[]

/** A template of HTML or SVG in which every value is escaped, for text and for an attribute in double quotes alike. */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Markup {
  let text = parts[0]!
  for (const [i, value] of values.entries()) text += textOf(value) + parts[i + 1]!
  return new Markup(text)
}

function textOf(content: Content): string {
  if (content instanceof Markup) return content.text
  if (content === null || content === false) return ''
  if (typeof content === 'object') return content.map(textOf).join('')
  return escapeHtml(String(content))
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
}

const escapeHtml = (text: string): string => neutral(text).replace(/[&<>"'`]/g, (char) => ENTITIES[char]!)

/** A link that leaves the report: `https:` alone, telling the page nothing about where it comes from. */
export function outwardLink(address: string, text: Content): Markup | null {
  const link = safeLink(address)
  if (link === null) return null
  return html`<a class="out" href="${link}" target="_blank" rel="noopener noreferrer">${text}</a>`
}
