import { fillTemplate, type Random } from '../../src/testing/templates.js'

const WORDS =
  'the invoice for order customer shipment was delayed because warehouse inventory count did not match please check ' +
  'whether account balance token usage summary meeting release password policy review deployment pipeline key result ' +
  'question answer think about secret santa basic plan bearer of news api client server request response status'
const words = WORDS.split(' ')

/** Prose as people and models write it: sentences, a link, a number, a list item, words that rules look for. */
export function prose(length: number, random: Random): string {
  const pick = () => words[Math.floor(random() * words.length)]!
  let text = ''
  while (text.length < length) {
    const sentence = Array.from({ length: 6 + Math.floor(random() * 10) }, pick).join(' ')
    const extra = random()
    text += `${sentence[0]!.toUpperCase()}${sentence.slice(1)}. `
    if (extra < 0.15) text += `See https://docs.example.com/${pick()}/${pick()}?page=${Math.floor(random() * 90)}. `
    else if (extra < 0.3) text += `\n- **${pick()}**: ${(random() * 1e4).toFixed(2)}\n`
  }
  return text.slice(0, length)
}

/** A tool's answer: JSON with ids, dates and text. */
export function toolAnswer(length: number, random: Random): string {
  const rows: object[] = []
  const render = (summary = '') => JSON.stringify({ status: 'ok', rows, summary })
  while (render().length < length - 200) {
    rows.push({
      id: fillTemplate('{{uuid}}', random),
      created_at: new Date(1.7e12 + Math.floor(random() * 1e10)).toISOString(),
      amount: Math.floor(random() * 1e5),
      sku: fillTemplate('SKU-{{digits:8}}', random),
    })
  }
  const room = Math.max(0, length - render().length)
  return render(prose(room, random).replaceAll('\n', ' '))
}

/** Three credentials as a chat holds them: in a sentence, in a header, in a tool's JSON. */
export function secretTexts(random: Random): readonly [string, string, string] {
  return [
    `Use my token ${fillTemplate('{{token:github-pat}}', random)} for this. `,
    `{"authorization":"Bearer ${fillTemplate('{{token:jwt}}', random)}"} `,
    `{"access_token":"${fillTemplate('{{token:npm}}', random)}","expires_in":3600} `,
  ]
}
