import type { Planting } from '../planting.js'

/** Forms in which a name and its value are two strings, or the name has more between it and its value. */
const forms: readonly Pick<Planting, 'context' | 'text'>[] = [
  { context: 'name and value in JSON', text: (s, n) => `[{"name":"${n.upper}","value":"${s}"}]` },
  { context: 'key and value in JSON', text: (s, n) => `{"key": "${n.kebab}", "value": "${s}", "type": "text"}` },
  { context: 'name and value in YAML', text: (s, n) => `env:\n  - name: ${n.upper}\n    value: ${s}\n` },
  { context: 'typed variable', text: (s, n) => `const ${n.camel}: string = '${s}'\n` },
  { context: 'typed Python variable', text: (s, n) => `    ${n.snake}: str = "${s}"\n` },
  { context: 'arguments of a call', text: (s, n) => `os.Setenv("${n.upper}", "${s}")` },
  { context: 'header set in code', text: (s, n) => `req.headers.set('x-${n.kebab}', '${s}');` },
  { context: 'default of an environment variable', text: (s, n) => `os.getenv("${n.upper}", "${s}")` },
  { context: 'or in JavaScript', text: (s, n) => `const key = process.env.${n.upper} || '${s}'` },
  { context: 'hash rocket', text: (s, n) => `'${n.snake}' => '${s}',\n` },
  { context: 'Dockerfile', text: (s, n) => `FROM node:20\nENV ${n.upper} ${s}\nRUN npm ci\n` },
  { context: 'PowerShell', text: (s, n) => `$env:${n.upper} = "${s}"\r\n` },
  { context: 'form body', text: (s, n) => `grant_type=x&${n.snake}=${s}&scope=a` },
  { context: 'argument list', text: (s, n) => `["acme", "--${n.kebab}", "${s}", "-v"]` },
  { context: 'HTML input', text: (s, n) => `<input name="${n.snake}" value="${s}">` },
  { context: 'Markdown table with its name', text: (s, n) => `| ${n.upper} | ${s} |\n` },
  { context: 'Markdown list with its name', text: (s, n) => `- **${n.words}**: \`${s}\`\n` },
  { context: 'bold name with the colon inside', text: (s, n) => `**${n.words}:** ${s}\n` },
  { context: 'set to', text: (s, n) => `I set the ${n.words} to ${s} for now` },
  { context: 'YAML block', text: (s, n) => `${n.snake}: |\n  ${s}\nnext: 1\n` },
  { context: 'INI with a colon', text: (s, n) => `${n.snake} : ${s}\n` },
]

export const PAIRS: readonly Planting[] = forms.map((form) => ({ ...form, needs: 'plain', named: true }))
