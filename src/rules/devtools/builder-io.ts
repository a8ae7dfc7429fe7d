import { defineRules } from '../define.js'

export const builderIo = defineRules({ provider: 'Builder.io', link: 'https://www.builder.io/c/docs/private-keys' }, [
  {
    id: 'builder-io-private-key',
    title: 'Builder.io private key',
    definition: { anchors: ['bpk-'], pattern: 'bpk-[0-9a-f]{32}' },
    examples: ['bpk-{{hex:32}}'],
    nonExamples: ['bpk-{{hex:12}}'],
  },
])
