import { defineRules } from '../define.js'

export const azure = defineRules(
  { provider: 'Azure', link: 'https://learn.microsoft.com/en-us/azure/storage/common/storage-account-keys-manage' },
  [
    {
      id: 'azure-storage-account-key',
      title: 'Azure Storage account key',
      severity: 'critical',
      definition: {
        anchors: ['AccountKey='],
        pattern: 'AccountKey=(?<secret>[A-Za-z0-9+/]{86}==)',
        rightBoundary: 'none',
      },
      examples: ['AccountKey=<<{{base62:86}}==>>'],
      nonExamples: ['AccountKey=short'],
    },
    {
      id: 'azure-shared-access-key',
      title: 'Azure Service Bus, Event Hubs or IoT Hub key',
      definition: {
        anchors: ['SharedAccessKey='],
        pattern: 'SharedAccessKey=(?<secret>[A-Za-z0-9+/]{43}=)',
        rightBoundary: 'none',
      },
      examples: ['SharedAccessKey=<<{{base62:43}}=>>'],
      nonExamples: ['SharedAccessKey=short'],
    },
    {
      id: 'azure-ad-client-secret',
      title: 'Microsoft Entra client secret',
      severity: 'critical',
      definition: {
        anchors: ['0Q~', '1Q~', '2Q~', '3Q~', '4Q~', '5Q~', '6Q~', '7Q~', '8Q~', '9Q~'],
        pattern:
          '\\dQ~[A-Za-z0-9_~.-]{31,34}(?<!\\.)(?![A-Za-z0-9_~-])(?<=(?:(?<![A-Za-z0-9_-])|(?<=\\\\[bfnrt]))(?<secret>[A-Za-z0-9_~.-]{3}\\dQ~[A-Za-z0-9_~.-]{31,34}(?<!\\.)))',
        leftBoundary: 'none',
      },
      examples: ['{{base62:3}}8Q~{{base62:34}}', '{{base62:3}}7Q~{{base62:31}}'],
      nonExamples: ['8Q~short'],
    },
    {
      id: 'azure-openai-api-key',
      title: 'Azure OpenAI key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{32}|[A-Za-z0-9]{84}' },
      context: {
        keys: ['azureopenai', 'azureapikey', 'openaiapikey', 'cognitiveserviceskey', 'ocpapimsubscriptionkey'],
        near: [
          'azure_openai',
          'azure openai',
          'azure-openai',
          'azureopenai',
          'azureapikey',
          'openaiapikey',
          'cognitiveserviceskey',
          'ocpapimsubscriptionkey',
        ],
      },
      examples: ['{{hex:32}}'],
      nonExamples: ['{{uuid}}'],
    },
  ],
)
