import { defineRules } from '../define.js'

export const wakatime = defineRules({ provider: 'WakaTime', link: 'https://wakatime.com/developers' }, [
  {
    id: 'wakatime-api-key',
    title: 'WakaTime API key',
    definition: { anchors: ['waka_'], pattern: 'waka_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}' },
    examples: ['waka_{{uuid}}'],
    nonExamples: ['waka_{{hex:8}}'],
  },
])
