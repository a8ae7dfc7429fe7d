/** A field's name in the spellings that files, headers and code use. */
export interface FieldName {
  readonly upper: string
  readonly snake: string
  readonly camel: string
  readonly kebab: string
  readonly words: string
}

export function fieldName(...words: string[]): FieldName {
  const capital = (word: string) => word[0]!.toUpperCase() + word.slice(1)
  return {
    upper: words.join('_').toUpperCase(),
    snake: words.join('_'),
    camel: words.map((word, i) => (i === 0 ? word : capital(word))).join(''),
    kebab: words.join('-'),
    words: words.join(' '),
  }
}

export const SERVICE_API_KEY = fieldName('service', 'api', 'key')

/** What a secret may hold so that it can stand in a form as it is. */
export type Needs = 'plain' | 'userinfo' | 'query' | 'path'

/** Ways in which a secret stands in text; `text` puts it there, `run` is what must be reported as the stored run. */
export interface Context {
  readonly name: string
  readonly text: (secret: string, name: FieldName) => string
  readonly run?: (secret: string) => string
  /** Left out for secrets that hold line breaks or characters which the form would have to escape. */
  readonly needs?: Needs
  /** True when the field's name stands right before the value, so that it can identify the secret. */
  readonly named?: boolean
}

const FITS: Readonly<Record<Needs, RegExp>> = {
  plain: /^[\w.~+/=:-]+$/,
  userinfo: /^[\w.~+=:-]+$/,
  query: /^[\w.~/=:-]+$/,
  path: /^[\w.~-]+$/,
}

export const fits = (needs: Needs | undefined, secret: string): boolean =>
  needs === undefined || FITS[needs].test(secret)

const inner = (text: string) => JSON.stringify(text).slice(1, -1)
const base64 = (text: string) => Buffer.from(text).toString('base64')
const base64url = (text: string) => Buffer.from(text).toString('base64url')
const hex = (text: string) => Buffer.from(text).toString('hex')
const numbers = (text: string) => [...Buffer.from(text)].join(',')
const middle = (secret: string) => Math.floor(secret.length / 2)
/** One character in the middle written as a JSON escape. */
const split = (secret: string) => {
  const at = middle(secret)
  return `${secret.slice(0, at)}\\u${secret.charCodeAt(at).toString(16).padStart(4, '0')}${secret.slice(at + 1)}`
}
/** A command that goes on in the next line. */
const continued = (secret: string) => `${secret.slice(0, middle(secret))}\\\n${secret.slice(middle(secret))}`

const PROSE: readonly Context[] = [
  { name: 'bare', text: (s) => s },
  { name: 'in prose with a full stop', text: (s) => `I used the key ${s}. Then I went on.`, needs: 'plain' },
  { name: 'at the end with a full stop', text: (s) => `It worked with ${s}.`, needs: 'plain' },
  { name: 'in prose with a comma', text: (s) => `Try ${s}, please`, needs: 'plain' },
  { name: 'before a question mark', text: (s) => `Is it ${s}? Or not!`, needs: 'plain' },
  { name: 'after its name in prose', text: (s, n) => `The ${n.words} is ${s} and works.`, needs: 'plain', named: true },
  { name: 'in double quotes', text: (s) => `he said "${s}" to me` },
  { name: 'in single quotes', text: (s) => `he said '${s}' to me` },
  { name: 'in typographic quotes', text: (s) => `he said “${s}” to me` },
  { name: 'in backticks', text: (s) => `run with \`${s}\` now` },
  { name: 'in parentheses', text: (s) => `the credential (${s}) works` },
  { name: 'in brackets', text: (s) => `[${s}]` },
  { name: 'in angle brackets', text: (s) => `use <${s}> there`, needs: 'plain' },
  { name: 'beside a script without spaces', text: (s) => `密钥是${s}。请保管好`, needs: 'plain' },
  { name: 'in a Markdown code fence', text: (s) => `Here:\n\`\`\`\n${s}\n\`\`\`\nDone.` },
  { name: 'in Markdown bold', text: (s) => `the key: **${s}**, keep it`, needs: 'plain' },
  { name: 'in a Markdown table', text: (s) => `| name | value |\n|---|---|\n| key | ${s} |\n`, needs: 'plain' },
  { name: 'in a Slack message', text: (s) => `<@U02ABCDEF> here you go: \`${s}\` :key:`, needs: 'plain' },
]

const FILES: readonly Context[] = [
  { name: '.env line without a credential name', text: (s) => `A=1\nMY_SERVICE=${s}\nB=2\n` },
  { name: '.env line', text: (s, n) => `A=1\n${n.upper}=${s}\nB=2\n`, named: true },
  { name: 'quoted .env line', text: (s, n) => `A=1\n${n.upper}='${s}'\nB=2\n`, named: true, needs: 'plain' },
  { name: 'export line', text: (s, n) => `export ${n.upper}="${s}"\n`, named: true },
  { name: 'YAML', text: (s, n) => `service:\n  ${n.snake}: ${s}\n  retries: 3\n`, needs: 'plain', named: true },
  { name: 'quoted YAML', text: (s, n) => `service:\n  ${n.camel}: "${s}"\n`, needs: 'plain', named: true },
  { name: 'TOML', text: (s, n) => `[service]\n${n.snake} = "${s}"\nretries = 3\n`, needs: 'plain', named: true },
  { name: 'INI', text: (s, n) => `[default]\n${n.snake} = ${s}\nregion = eu\n`, needs: 'plain', named: true },
  { name: 'Java properties', text: (s, n) => `app.url=x\napp.${n.kebab}=${s}\n`, needs: 'plain', named: true },
  {
    name: 'XML element',
    text: (s, n) => `<config><${n.camel}>${s}</${n.camel}></config>`,
    needs: 'plain',
    named: true,
  },
  { name: 'XML attribute', text: (s) => `<add key="Service" value="${s}" />`, needs: 'plain' },
  { name: 'HTML attribute', text: (s) => `<div data-config="${s}" class="a"></div>`, needs: 'plain' },
  { name: 'in markup', text: (s) => `<b>${s}</b>` },
  { name: 'CSV cell', text: (s) => `id,value,n\n1,${s},3\n2,none,4\n`, needs: 'plain' },
  { name: 'quoted CSV cell', text: (s) => `"id","value"\n"1","${s}"\n`, needs: 'plain' },
  {
    name: 'GitHub Actions environment',
    text: (s, n) => `    env:\n      ${n.upper}: ${s}\n    run: npm test\n`,
    needs: 'plain',
    named: true,
  },
]

const JSON_FORMS: readonly Context[] = [
  { name: 'JSON', text: (s, n) => `{"${n.camel}": ${JSON.stringify(s)}, "n": 1}`, run: inner, named: true },
  { name: 'JSON without a credential name', text: (s) => `{"v":[1,${JSON.stringify(s)}]}`, run: inner },
  {
    name: 'JSON in JSON',
    text: (s) => JSON.stringify({ content: JSON.stringify({ a: s }) }),
    run: (s) => inner(inner(s)),
  },
  {
    name: 'named in JSON in JSON',
    text: (s, n) => JSON.stringify({ content: JSON.stringify({ [n.snake]: s }) }),
    run: (s) => inner(inner(s)),
    named: true,
    needs: 'plain',
  },
  {
    name: 'JSON in JSON in JSON',
    text: (s) => JSON.stringify({ a: JSON.stringify({ b: JSON.stringify({ c: s }) }) }),
    needs: 'plain',
  },
  {
    name: 'JSON in JSON behind an escaped line break',
    text: (s) => JSON.stringify({ content: `first\n${s}\nlast` }),
    run: inner,
  },
]

const CODE: readonly Context[] = [
  { name: 'JavaScript literal', text: (s, n) => `const ${n.camel} = '${s}'\nrun()`, needs: 'plain', named: true },
  { name: 'template literal', text: (s) => `const url = \`\${base}/x/${s}\`\n`, needs: 'plain' },
  {
    name: 'Python literal',
    text: (s, n) => `client = Client(${n.snake}="${s}", timeout=3)`,
    needs: 'plain',
    named: true,
  },
  { name: 'Python dictionary', text: (s, n) => `h = {'${n.snake}': '${s}', 'n': 1}`, needs: 'plain', named: true },
  { name: 'Go literal', text: (s, n) => `${n.camel} := "${s}"\n`, needs: 'plain', named: true },
  { name: 'CLI flag', text: (s, n) => `deploy --${n.kebab} ${s} --force`, needs: 'plain', named: true },
  {
    name: 'CLI flag with an equals sign',
    text: (s, n) => `deploy --${n.kebab}=${s} --force`,
    needs: 'plain',
    named: true,
  },
  { name: 'Docker -e', text: (s, n) => `docker run -e ${n.upper}=${s} --rm acme/app`, needs: 'plain', named: true },
  { name: 'log line', text: (s, n) => `12:00:01 INFO start ${n.snake}=${s} status=200`, needs: 'plain', named: true },
]

const HTTP: readonly Context[] = [
  { name: 'URL query', text: (s) => `https://api.example.com/v1?a=1&key=${s}&b=2`, needs: 'query' },
  {
    name: 'last in a URL query',
    text: (s) => `GET https://api.example.com/v1?access_token=${s} HTTP/1.1`,
    needs: 'query',
  },
  { name: 'WebSocket URL', text: (s) => `wss://rt.example.com/socket?token=${s}&v=2`, needs: 'query' },
  { name: 'Markdown link', text: (s) => `[open](https://example.com/?key=${s})`, needs: 'query' },
  { name: 'URL userinfo', text: (s) => `https://x-access-token:${s}@git.example.com/a.git`, needs: 'userinfo' },
  { name: 'git remote', text: (s) => `origin\thttps://me:${s}@git.example.com/a.git (fetch)`, needs: 'userinfo' },
  { name: 'header', text: (s) => `Authorization: Bearer ${s}\nAccept: */*`, needs: 'plain' },
  { name: 'own header', text: (s, n) => `X-${n.kebab}: ${s}\r\nAccept: */*\r\n`, needs: 'plain', named: true },
  { name: 'curl', text: (s) => `curl -H "x-api-key: ${s}" https://api.example.com`, needs: 'plain' },
  {
    name: 'curl with a bearer',
    text: (s) => `curl -H 'Authorization: Bearer ${s}' https://a.example.com`,
    needs: 'plain',
  },
  { name: 'headers as JSON', text: (s) => `{"headers":{"authorization":"Bearer ${s}"}}`, needs: 'plain' },
  { name: 'before a semicolon', text: (s) => `X-Value: ${s}; Path=/; HttpOnly`, needs: 'plain' },
]

const ENCODED: readonly Context[] = [
  { name: 'percent-encoded', text: (s) => `next=${encodeURIComponent(`key=${s}&a=b`)}`, run: encodeURIComponent },
  { name: 'base64', text: (s) => `data ${base64(`{"v":"${s}"}`)} end`, run: (s) => base64(`{"v":"${s}"}`) },
  { name: 'base64 alone', text: (s) => base64(s), run: base64 },
  { name: 'base64url', text: (s) => `state=${base64url(`{"v":"${s}"}`)}`, run: (s) => base64url(`{"v":"${s}"}`) },
  { name: 'hex', text: (s) => `data ${hex(`v = ${s}`)} end`, run: (s) => hex(`v = ${s}`) },
  { name: 'decimal byte array', text: (s) => `{"type":"Buffer","data":[${numbers(`v=${s} `)}]}`, run: numbers },
  { name: 'split by an escape', text: (s) => `{"v":"${split(s)}"}`, run: split, needs: 'plain' },
  {
    name: 'split by a shell line continuation',
    text: (s) => `curl -d "${continued(s)}" x`,
    run: continued,
    needs: 'plain',
  },
]

export const CONTEXTS: readonly Context[] = [...PROSE, ...FILES, ...JSON_FORMS, ...CODE, ...HTTP, ...ENCODED]
