/** Ways in which a secret stands in text; `text` puts it there, `run` is what must be reported as the stored run. */
export interface Context {
  readonly name: string
  readonly text: (secret: string) => string
  readonly run?: (secret: string) => string
  /** Left out for secrets that hold line breaks or characters which the form would have to escape. */
  readonly plainOnly?: boolean
}

const inner = (text: string) => JSON.stringify(text).slice(1, -1)
const base64 = (text: string) => Buffer.from(text).toString('base64')
const hex = (text: string) => Buffer.from(text).toString('hex')
const numbers = (text: string) => [...Buffer.from(text)].join(',')
/** One character in the middle written as a JSON escape. */
const split = (secret: string) => {
  const at = Math.floor(secret.length / 2)
  return `${secret.slice(0, at)}\\u${secret.charCodeAt(at).toString(16).padStart(4, '0')}${secret.slice(at + 1)}`
}

export const CONTEXTS: readonly Context[] = [
  { name: 'bare', text: (s) => s },
  { name: 'in prose with a full stop', text: (s) => `I used the key ${s}. Then I went on.`, plainOnly: true },
  { name: 'in prose with a comma', text: (s) => `Try ${s}, please`, plainOnly: true },
  { name: 'in double quotes', text: (s) => `he said "${s}" to me` },
  { name: 'in backticks', text: (s) => `run with \`${s}\` now` },
  { name: 'in parentheses', text: (s) => `the credential (${s}) works` },
  { name: 'in brackets', text: (s) => `[${s}]` },
  { name: 'in markup', text: (s) => `<b>${s}</b>` },
  { name: '.env line', text: (s) => `A=1\nMY_SERVICE=${s}\nB=2\n` },
  { name: '.env line with a credential name', text: (s) => `A=1\nMY_API_KEY=${s}\nB=2\n` },
  { name: 'export line', text: (s) => `export SERVICE_TOKEN="${s}"\n` },
  { name: 'YAML', text: (s) => `service:\n  api_key: ${s}\n  retries: 3\n`, plainOnly: true },
  { name: 'JSON', text: (s) => `{"apiKey": ${JSON.stringify(s)}, "n": 1}`, run: inner },
  { name: 'JSON without a credential name', text: (s) => `{"v":[1,${JSON.stringify(s)}]}`, run: inner },
  {
    name: 'JSON in JSON',
    text: (s) => JSON.stringify({ content: JSON.stringify({ a: s }) }),
    run: (s) => inner(inner(s)),
  },
  {
    name: 'JSON in JSON behind an escaped line break',
    text: (s) => JSON.stringify({ content: `first\n${s}\nlast` }),
    run: inner,
  },
  { name: 'URL query', text: (s) => `https://api.example.com/v1?a=1&key=${s}&b=2`, plainOnly: true },
  { name: 'URL userinfo', text: (s) => `https://x-access-token:${s}@git.example.com/a.git`, plainOnly: true },
  { name: 'header', text: (s) => `Authorization: Bearer ${s}\nAccept: */*`, plainOnly: true },
  { name: 'curl', text: (s) => `curl -H "x-api-key: ${s}" https://api.example.com`, plainOnly: true },
  { name: 'percent-encoded', text: (s) => `next=${encodeURIComponent(`key=${s}&a=b`)}`, run: encodeURIComponent },
  { name: 'base64', text: (s) => `data ${base64(`{"v":"${s}"}`)} end`, run: (s) => base64(`{"v":"${s}"}`) },
  { name: 'hex', text: (s) => `data ${hex(`v = ${s}`)} end`, run: (s) => hex(`v = ${s}`) },
  { name: 'decimal byte array', text: (s) => `{"type":"Buffer","data":[${numbers(`v=${s} `)}]}`, run: numbers },
  { name: 'split by an escape', text: (s) => `{"v":"${split(s)}"}`, run: split, plainOnly: true },
]
