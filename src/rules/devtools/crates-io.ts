import { isScattered } from '../checks.js'
import { defineRules } from '../define.js'

export const cratesIo = defineRules(
  { provider: 'crates.io', link: 'https://doc.rust-lang.org/cargo/reference/publishing.html' },
  [
    {
      id: 'crates-io-token',
      title: 'crates.io API token',
      definition: { anchors: ['cio'], pattern: 'cio[A-Za-z0-9]{32}' },
      validate: isScattered,
      examples: ['cio{{base62:32}}'],
      nonExamples: ['cio{{hex:12}}'],
    },
  ],
)
