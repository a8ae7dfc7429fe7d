import type { Planting } from '../planting.js'

const base64 = (text: string) => Buffer.from(text).toString('base64')
const bytes = (text: string) => [...Buffer.from(text)].join(', ')
const third = (secret: string) => Math.floor(secret.length / 3)
const unicode = (secret: string) =>
  `${secret.slice(0, third(secret))}\\u00${secret.charCodeAt(third(secret)).toString(16)}${secret.slice(third(secret) + 1)}`
const continued = (secret: string) => `${secret.slice(0, third(secret))}\\\n${secret.slice(third(secret))}`
/** Every character that is not a letter or digit percent-encoded. */
const percent = (secret: string) =>
  [...secret].map((c) => (/[A-Za-z0-9]/.test(c) ? c : `%${c.charCodeAt(0).toString(16).toUpperCase()}`)).join('')

const code: readonly Planting[] = [
  { context: 'code', text: (s, n) => `let ${n.camel}: string = "${s}";`, named: true, needs: 'plain' },
  { context: 'code', text: (s, n) => `os.environ["${n.upper}"] = "${s}"\n`, named: true, needs: 'plain' },
  { context: 'code', text: (s, n) => `const opts = { ${n.camel}: '${s}', debug: true }`, named: true, needs: 'plain' },
  { context: 'code', text: (s) => `client.login('${s}')`, needs: 'plain' },
  { context: 'code', text: (s, n) => `private static final String ${n.upper} = "${s}";`, named: true, needs: 'plain' },
  { context: 'command', text: (s, n) => `$ acme login --${n.kebab}='${s}' --yes`, named: true, needs: 'plain' },
  { context: 'command', text: (s, n) => `docker run --env ${n.upper}=${s} img`, named: true, needs: 'plain' },
  { context: 'command', text: (s) => `echo ${s} | acme login --stdin`, needs: 'plain' },
  {
    context: 'command',
    text: (s, n) => `kubectl create secret generic x --from-literal=${n.kebab}=${s}`,
    named: true,
    needs: 'plain',
  },
]

const http: readonly Planting[] = [
  { context: 'URL query', text: (s) => `see https://example.org/cb?code=1&access_token=${s}`, needs: 'query' },
  { context: 'URL query', text: (s) => `"url":"https://example.org/v2/x?api_key=${s}&fmt=json"`, needs: 'query' },
  { context: 'URL path', text: (s) => `https://example.org/hooks/${s}/run`, needs: 'path' },
  { context: 'URL fragment', text: (s) => `https://example.org/cb#access_token=${s}&expires_in=3600`, needs: 'query' },
  { context: 'URL userinfo', text: (s) => `git clone https://oauth2:${s}@code.example.org/a/b.git`, needs: 'userinfo' },
  { context: 'URL userinfo', text: (s) => `amqps://svc:${s}@mq.example.org:5671/vh`, needs: 'userinfo' },
  { context: 'header', text: (s) => `> GET / HTTP/2\n> authorization: Bearer ${s}\n> accept: */*`, needs: 'plain' },
  { context: 'header', text: (s, n) => `${n.kebab}: ${s}\nuser-agent: curl/8`, named: true, needs: 'plain' },
  { context: 'header', text: (s) => `{'Authorization': 'token ${s}'}`, needs: 'plain' },
  {
    context: 'curl',
    text: (s) => `curl --header 'Authorization: Bearer ${s}' \\\n  https://example.org`,
    needs: 'plain',
  },
  {
    context: 'curl',
    text: (s, n) => `curl -d '{"${n.snake}":"${s}"}' https://example.org`,
    named: true,
    needs: 'plain',
  },
]

const encoded: readonly Planting[] = [
  {
    context: 'percent',
    text: (s) => `redirect=https%3A%2F%2Fx.example%2F%3Ft%3D${percent(s)}%26u%3D1`,
    run: percent,
    needs: 'plain',
  },
  { context: 'base64', text: (s) => `Content: ${base64(`token=${s}\n`)}\n`, run: (s) => base64(`token=${s}\n`) },
  { context: 'base64', text: (s) => `echo ${base64(s)} | base64 -d`, run: base64 },
  {
    context: 'base64url',
    text: (s) => `"payload":"${Buffer.from(`{"u":1,"c":"${s}"}`).toString('base64url')}"`,
    run: (s) => Buffer.from(`{"u":1,"c":"${s}"}`).toString('base64url'),
  },
  {
    context: 'hex',
    text: (s) => `blob: ${Buffer.from(s).toString('hex')}\n`,
    run: (s) => Buffer.from(s).toString('hex'),
  },
  { context: 'decimal bytes', text: (s) => `bytearray([${bytes(`k: ${s}`)}])`, run: bytes },
  { context: 'JSON escape', text: (s) => `{"t":"pre ${unicode(s)} post"}`, run: unicode, needs: 'plain' },
  { context: 'line continuation', text: (s) => `acme login -t ${continued(s)}\n`, run: continued, needs: 'plain' },
]

export const PROGRAMS: readonly Planting[] = [...code, ...http, ...encoded]
