import { isScattered } from '../checks.js'
import { defineRules } from '../define.js'

export const adafruitIo = defineRules(
  { provider: 'Adafruit IO', link: 'https://io.adafruit.com/api/docs/#authentication' },
  [
    {
      id: 'adafruit-io-key',
      title: 'Adafruit IO key',
      definition: { anchors: ['aio_'], pattern: 'aio_[A-Za-z0-9]{28}' },
      validate: isScattered,
      examples: ['aio_{{base62:28}}'],
      nonExamples: ['aio_{{base62:8}}'],
    },
  ],
)
