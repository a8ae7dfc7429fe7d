import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const openweather = defineRules({ provider: 'OpenWeather', link: 'https://openweathermap.org/appid' }, [
  {
    id: 'openweather-api-key',
    title: 'OpenWeather API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{32}' },
    context: credentialOf(['openweather', 'openweathermap', 'owm']),
    examples: ['{{hex:32}}'],
    nonExamples: ['{{hex:26}}'],
  },
  {
    id: 'openweather-appid',
    title: 'OpenWeather API key in the address of a call',
    confidence: 'medium',
    definition: { anchors: ['?appid=', '&appid='], pattern: '[?&]appid=(?<secret>[0-9a-f]{32})', leftBoundary: 'none' },
    examples: ['https://api.openweathermap.org/data/2.5/weather?q=Berlin&appid=<<{{hex:32}}>>'],
    nonExamples: ['?appid=com.example.app'],
  },
])
