import { defineRules } from '../define.js'

export const convex = defineRules({ provider: 'Convex', link: 'https://docs.convex.dev/cli/deploy-key-types' }, [
  {
    id: 'convex-deploy-key',
    title: 'Convex deploy key',
    definition: {
      anchors: ['|eyJ2MiI6I'],
      pattern:
        '\\|eyJ2MiI6I[A-Za-z0-9+/_-]{20,200}={0,2}(?![A-Za-z0-9_-])(?<=(?:(?<![A-Za-z0-9_-])|(?<=\\\\[bfnrt]))(?<secret>(?:prod|dev|preview|project):[a-z0-9:-]{3,72}\\|eyJ2MiI6I[A-Za-z0-9+/_-]{20,200}={0,2}))',
      leftBoundary: 'none',
    },
    examples: ['prod:quiet-otter-123|eyJ2MiI6I{{base62:60}}'],
    nonExamples: ['prod:quiet-otter-123'],
  },
])
