import { defineRules } from '../define.js'

export const rapidapi = defineRules(
  { provider: 'RapidAPI', link: 'https://docs.rapidapi.com/docs/keys-and-key-rotation' },
  [
    {
      id: 'rapidapi-key',
      title: 'RapidAPI application key',
      definition: { anchors: ['msh'], pattern: '[0-9a-f]{10}msh[0-9a-f]{15}p1[0-9a-f]{5}jsn[0-9a-f]{12}', before: 10 },
      examples: ['{{hex:10}}msh{{hex:15}}p1{{hex:5}}jsn{{hex:12}}'],
      nonExamples: ['{{hex:10}}msh'],
    },
  ],
)
