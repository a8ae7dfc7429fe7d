import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const volcengine = defineRules({ provider: 'Volcengine', link: 'https://www.volcengine.com/docs/6291/65568' }, [
  {
    id: 'volcengine-access-key-id',
    title: 'Volcengine access key id',
    kind: 'identifier',
    action: 'report',
    definition: { anchors: ['AKLT'], pattern: 'AKLT[A-Za-z0-9_-]{36,60}' },
    validate: isDrawn,
    examples: ['AKLT{{base62:43}}'],
    nonExamples: ['AKLTshort'],
  },
  {
    id: 'volcengine-secret-key',
    title: 'Volcengine secret access key',
    severity: 'critical',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9+/]{56,60}={0,2}' },
    context: {
      keys: ['volcsecretkey', 'volcenginesecret', 'volcsecretaccesskey', 'volcenginesk'],
      near: [
        'volc_secretkey',
        'volc_secret_key',
        'volcengine secret',
        'volcengine_secret_key',
        'volcsecretkey',
        'volcenginesecret',
        'volcsecretaccesskey',
        'volcenginesk',
      ],
    },
    validate: isDrawn,
    examples: ['{{base62:58}}==', '{{base62:56}}=='],
    nonExamples: ['{{hex:56}}'],
  },
])
