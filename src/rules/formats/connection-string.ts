import { isPlaceholder } from '../../detect/placeholder.js'
import { defineRules } from '../define.js'

export const connectionString = defineRules(
  { provider: 'generic', link: 'https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1' },
  [
    {
      id: 'url-userinfo-password',
      title: 'Password in the user part of a URL (databases, brokers, proxies, Git remotes)',
      confidence: 'medium',
      definition: {
        anchors: ['://'],
        pattern: ':\\/\\/[^\\s:@/?#"\'`<>\\\\]{0,128}:(?<secret>[^\\s@/?#"\'`<>\\\\]{3,256})@(?=[A-Za-z0-9_[.-])',
        leftBoundary: 'none',
        rightBoundary: 'none',
      },
      validate: (secret) => !isPlaceholder(secret),
      examples: ['postgres://app:<<{{base62:16}}>>@db.internal:5432/app', 'redis://:<<{{base62:20}}>>@cache:6379/0'],
      nonExamples: [
        'postgres://user:password@localhost/db',
        'https://example.com:8080/a@b',
        'https://user@example.com',
      ],
    },
  ],
)
