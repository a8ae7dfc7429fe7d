import type { Planting } from '../planting.js'

const escaped = (secret: string) => JSON.stringify(secret).slice(1, -1)

/** Sentences, as people and models write them. */
const prose: readonly Planting[] = [
  { context: 'prose', text: (s) => `ok, please store ${s} for later`, needs: 'plain' },
  { context: 'prose', text: (s) => `Yes – it is ${s} – sorry for the delay.`, needs: 'plain' },
  { context: 'prose', text: (s) => `Mein Schlüssel lautet ${s}, bitte nicht weitergeben!`, needs: 'plain' },
  { context: 'named prose', text: (s, n) => `here's the ${n.words}: ${s}`, needs: 'plain', named: true },
  { context: 'named prose', text: (s, n) => `My ${n.words} = ${s}. Can you test it?`, needs: 'plain', named: true },
  { context: 'trailing stop', text: (s) => `Rotate ${s}.`, needs: 'plain' },
  { context: 'trailing stop', text: (s) => `Rotate this one: ${s}!\nThanks`, needs: 'plain' },
  { context: 'trailing stop', text: (s) => `…and ${s};\nthen deploy`, needs: 'plain' },
  { context: 'quotes', text: (s) => `The response contained "${s}", twice.` },
  { context: 'quotes', text: (s) => `use 『${s}』 instead`, needs: 'plain' },
  { context: 'quotes', text: (s) => `set it to '${s}'.`, needs: 'plain' },
  { context: 'brackets', text: (s) => `(see ${s})`, needs: 'plain' },
  { context: 'brackets', text: (s) => `credentials [${s}] accepted`, needs: 'plain' },
  { context: 'brackets', text: (s) => `{${s}}`, needs: 'plain' },
  { context: 'backticks', text: (s) => `1. Paste \`${s}\`\n2. Save`, needs: 'plain' },
  { context: 'Markdown', text: (s) => `* _token_: **${s}**\n* other`, needs: 'plain' },
  { context: 'Markdown', text: (s) => `> ${s}\n\nquoted from the mail`, needs: 'plain' },
  { context: 'Markdown', text: (s) => `\`\`\`text\n${s}\n\`\`\`` },
]

/** Files, as tools read and write them. */
const files: readonly Planting[] = [
  { context: '.env', text: (s, n) => `NODE_ENV=production\n${n.upper}=${s}\nPORT=80`, named: true, needs: 'plain' },
  { context: '.env', text: (s, n) => `# local\n${n.upper}="${s}"\n`, named: true, needs: 'plain' },
  { context: '.env', text: (s) => `FOO_BAR_BAZ=${s}\n`, needs: 'plain' },
  { context: 'export', text: (s, n) => `$ export ${n.upper}=${s}\n$ ./run.sh`, named: true, needs: 'plain' },
  { context: 'export', text: (s, n) => `set -x ${n.upper} '${s}'; env | grep x`, named: true, needs: 'plain' },
  {
    context: 'YAML',
    text: (s, n) => `auth:\n    ${n.camel}: ${s}   # prod\n    region: eu`,
    named: true,
    needs: 'plain',
  },
  { context: 'YAML', text: (s, n) => `- name: ${n.upper}\n  value: "${s}"\n`, named: true, needs: 'plain' },
  { context: 'YAML', text: (s) => `items:\n  - ${s}\n  - other\n`, needs: 'plain' },
  { context: 'TOML', text: (s, n) => `[tool.acme]\n${n.kebab} = '${s}'\n`, named: true, needs: 'plain' },
  { context: 'INI', text: (s, n) => `[profile main]\n${n.snake}=${s}\noutput=json`, named: true, needs: 'plain' },
  { context: 'XML', text: (s, n) => `<add name="x"/>\n<${n.snake}>${s}</${n.snake}>\n`, named: true, needs: 'plain' },
  { context: 'XML', text: (s) => `<param value='${s}'/>`, needs: 'plain' },
  { context: 'HTML attribute', text: (s) => `<input type="hidden" value="${s}">`, needs: 'plain' },
  { context: 'CSV', text: (s) => `name;value\nprod;${s}\n`, needs: 'plain' },
  { context: 'CSV', text: (s) => `prod\t${s}\t2026-01-01`, needs: 'plain' },
  { context: 'log line', text: (s, n) => `level=info msg=start ${n.camel}=${s} dur=3ms`, named: true, needs: 'plain' },
  { context: 'log line', text: (s) => `[2026-03-01 10:00:00] app.DEBUG: using ${s} {"n":1}`, needs: 'plain' },
  { context: 'diff', text: (s, n) => `-${n.upper}=\n+${n.upper}=${s}\n`, named: true, needs: 'plain' },
]

const json: readonly Planting[] = [
  { context: 'JSON', text: (s, n) => `{\n  "a": 1,\n  "${n.snake}": "${escaped(s)}"\n}`, run: escaped, named: true },
  { context: 'JSON', text: (s) => `["x","${escaped(s)}"]`, run: escaped },
  {
    context: 'JSON in JSON',
    text: (s, n) => JSON.stringify({ ok: true, body: JSON.stringify({ id: 7, [n.camel]: s }) }),
    run: (s) => escaped(escaped(s)),
    named: true,
  },
  {
    context: 'JSON in JSON in JSON',
    text: (s) => JSON.stringify([JSON.stringify({ arguments: JSON.stringify({ text: `use ${s} now` }) })]),
    needs: 'plain',
  },
]

export const LINES: readonly Planting[] = [...prose, ...files, ...json]
