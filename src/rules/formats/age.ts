import { defineRules } from '../define.js'

export const age = defineRules({ provider: 'age', link: 'https://github.com/C2SP/C2SP/blob/main/age.md' }, [
  {
    id: 'age-secret-key',
    title: 'age identity',
    severity: 'critical',
    definition: { anchors: ['AGE-SECRET-KEY-1'], pattern: 'AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}' },
    examples: ['AGE-SECRET-KEY-1{{bech32:58}}'],
    nonExamples: ['age1{{base62:58}}'],
  },
  {
    id: 'age-post-quantum-secret-key',
    title: 'age identity, hybrid',
    severity: 'critical',
    definition: {
      anchors: ['AGE-SECRET-KEY-PQ-1'],
      pattern: 'AGE-SECRET-KEY-PQ-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58,128}',
    },
    examples: ['AGE-SECRET-KEY-PQ-1{{bech32:58}}'],
    nonExamples: ['age1pq1{{base62:58}}'],
  },
])
