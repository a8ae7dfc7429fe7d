import type { Planting } from '../planting.js'

/** As in set A, the name and the value apart; other texts. */
const forms: readonly Pick<Planting, 'context' | 'text'>[] = [
  { context: 'name and value', text: (s, n) => `{"variables":[{"name":"${n.upper}","type":"SECRET","value":"${s}"}]}` },
  { context: 'name and value', text: (s, n) => `containers:\n- env:\n  - {name: ${n.upper}, value: "${s}"}\n` },
  { context: 'name and value', text: (s, n) => `{\n "name": "${n.snake}",\n "value": "${s}"\n}` },
  { context: 'typed variable', text: (s, n) => `let ${n.camel}: string | undefined = "${s}";` },
  { context: 'typed variable', text: (s, n) => `${n.snake}: Optional[str] = '${s}'\n` },
  { context: 'arguments', text: (s, n) => `monkeypatch.setenv("${n.upper}", "${s}")` },
  { context: 'arguments', text: (s, n) => `headers.append("${n.kebab}", "${s}")` },
  { context: 'fallback', text: (s, n) => `key = os.environ.get('${n.upper}') or '${s}'` },
  { context: 'fallback', text: (s, n) => `const k = process.env.${n.upper} ?? "${s}"` },
  { context: 'hash', text: (s, n) => `{ :${n.snake} => "${s}" }` },
  { context: 'hash', text: (s, n) => `define('${n.upper}', '${s}');` },
  { context: 'Dockerfile', text: (s, n) => `ARG ${n.upper}=${s}\nENV A=b` },
  { context: 'shell', text: (s, n) => `PS> $Env:${n.upper}='${s}'` },
  { context: 'shell', text: (s, n) => `set -gx ${n.upper} ${s}` },
  { context: 'form body', text: (s, n) => `--data "user=x&${n.snake}=${s}"` },
  { context: 'argument list', text: (s, n) => `args: ['login', '--${n.kebab}', '${s}']` },
  { context: 'HTML input', text: (s, n) => `<input name="${n.camel}" type="hidden" value="${s}"/>` },
  { context: 'Markdown', text: (s, n) => `| \`${n.snake}\` | \`${s}\` | yes |\n` },
  { context: 'Markdown', text: (s, n) => `* ${n.words}: **${s}**\n` },
  { context: 'Markdown', text: (s, n) => `**${n.upper}** = \`${s}\`\n` },
  { context: 'named prose', text: (s, n) => `They changed the ${n.words} to "${s}" yesterday.` },
  { context: 'named prose', text: (s, n) => `I've set ${n.words} to ${s}, please restart` },
  { context: 'YAML block', text: (s, n) => `${n.camel}: >-\n    ${s}\nother: 2\n` },
]

export const PAIRS: readonly Planting[] = forms.map((form) => ({ ...form, needs: 'plain', named: true }))
