import { defineRules } from '../define.js'

export const frameIo = defineRules({ provider: 'Frame.io', link: 'https://developer.adobe.com/frameio/guides/' }, [
  {
    id: 'frame-io-token',
    title: 'Frame.io developer token',
    definition: { anchors: ['fio-u-'], pattern: 'fio-u-[A-Za-z0-9_=-]{64}' },
    examples: ['fio-u-{{base64url:64}}'],
    nonExamples: ['fio-u-{{base62:8}}'],
  },
])
