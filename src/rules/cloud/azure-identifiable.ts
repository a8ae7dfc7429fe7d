import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

/** Microsoft marks many keys with a fixed signature at a fixed place, so that the key alone is recognised. */
export const azureIdentifiable = defineRules(
  { provider: 'Azure', link: 'https://github.com/microsoft/security-utilities' },
  [
    {
      id: 'azure-annotated-key',
      title: 'Azure key with a platform signature (AI services, OpenAI, DevOps and others)',
      severity: 'critical',
      definition: {
        anchors: ['JQQJ9'],
        pattern:
          'JQQJ9[9DH][A-Za-z0-9]{26}(?:[A-Za-z0-9]{2}==)?(?![A-Za-z0-9_-])(?<=(?:(?<![A-Za-z0-9_-])|(?<=\\\\[bfnrt]))(?<secret>[A-Za-z0-9]{52}JQQJ9[9DH][A-Za-z0-9]{26}(?:[A-Za-z0-9]{2}==)?))',
        leftBoundary: 'none',
      },
      validate: () => 'certain',
      examples: [
        '{{base62:52}}JQQJ99BAC{{base62:15}}ACOG{{base62:4}}',
        '{{base62:52}}JQQJ99BAC{{base62:15}}AZDO{{base62:4}}',
      ],
      nonExamples: ['JQQJ99short'],
    },
    {
      id: 'azure-storage-identifiable-key',
      title: 'Azure Storage account key',
      severity: 'critical',
      definition: {
        anchors: ['+ASt'],
        pattern:
          '\\+ASt[A-Za-z0-9+/]{5}[AQgw]==(?![A-Za-z0-9_-])(?<=(?:(?<![A-Za-z0-9_-])|(?<=\\\\[bfnrt]))(?<secret>[A-Za-z0-9+/]{76}\\+ASt[A-Za-z0-9+/]{5}[AQgw]==))',
        leftBoundary: 'none',
      },
      examples: ['{{base62:76}}+ASt{{base62:5}}A=='],
      nonExamples: ['+AStshort'],
    },
    {
      id: 'azure-cosmos-db-key',
      title: 'Azure Cosmos DB account key',
      severity: 'critical',
      definition: {
        anchors: ['ACDb'],
        pattern:
          'ACDb[A-Za-z0-9+/]{5}[AQgw]==(?![A-Za-z0-9_-])(?<=(?:(?<![A-Za-z0-9_-])|(?<=\\\\[bfnrt]))(?<secret>[A-Za-z0-9+/]{76}ACDb[A-Za-z0-9+/]{5}[AQgw]==))',
        leftBoundary: 'none',
      },
      examples: ['{{base62:76}}ACDb{{base62:5}}A=='],
      nonExamples: ['ACDbshort'],
    },
    {
      id: 'azure-batch-key',
      title: 'Azure Batch account key',
      definition: {
        anchors: ['+ABa'],
        pattern:
          '\\+ABa[A-Za-z0-9+/]{5}[AQgw]==(?![A-Za-z0-9_-])(?<=(?:(?<![A-Za-z0-9_-])|(?<=\\\\[bfnrt]))(?<secret>[A-Za-z0-9+/]{76}\\+ABa[A-Za-z0-9+/]{5}[AQgw]==))',
        leftBoundary: 'none',
      },
      examples: ['{{base62:76}}+ABa{{base62:5}}A=='],
      nonExamples: ['+ABashort'],
    },
    {
      id: 'azure-ml-classic-key',
      title: 'Azure Machine Learning Studio (classic) key',
      definition: {
        anchors: ['+AMC'],
        pattern:
          '\\+AMC[A-Za-z0-9+/]{5}[AQgw]==(?![A-Za-z0-9_-])(?<=(?:(?<![A-Za-z0-9_-])|(?<=\\\\[bfnrt]))(?<secret>[A-Za-z0-9+/]{76}\\+AMC[A-Za-z0-9+/]{5}[AQgw]==))',
        leftBoundary: 'none',
      },
      examples: ['{{base62:76}}+AMC{{base62:5}}A=='],
      nonExamples: ['+AMCshort'],
    },
    {
      id: 'azure-apim-key',
      title: 'Azure API Management key',
      definition: {
        anchors: ['APIM'],
        pattern:
          'APIM[A-Za-z0-9+/]{5}[AQgw]==(?![A-Za-z0-9_-])(?<=(?:(?<![A-Za-z0-9_-])|(?<=\\\\[bfnrt]))(?<secret>[A-Za-z0-9+/]{76}APIM[A-Za-z0-9+/]{5}[AQgw]==))',
        leftBoundary: 'none',
      },
      examples: ['{{base62:76}}APIM{{base62:5}}A=='],
      nonExamples: ['APIMshort'],
    },
    {
      id: 'azure-function-key',
      title: 'Azure Functions key',
      definition: {
        anchors: ['AzFu'],
        pattern:
          'AzFu[A-Za-z0-9_-]{5}[AQgw]==(?![A-Za-z0-9_-])(?<=(?:(?<![A-Za-z0-9_-])|(?<=\\\\[bfnrt]))(?<secret>[A-Za-z0-9_-]{44}AzFu[A-Za-z0-9_-]{5}[AQgw]==))',
        leftBoundary: 'none',
      },
      examples: ['{{base64url:44}}AzFu{{base62:5}}A=='],
      nonExamples: ['AzFushort'],
    },
    {
      id: 'azure-search-key',
      title: 'Azure AI Search admin or query key',
      definition: {
        anchors: ['AzSe'],
        pattern:
          'AzSe[A-D][A-Za-z0-9]{5}(?![+/=])(?![A-Za-z0-9_-])(?<=(?:(?<![A-Za-z0-9_-])|(?<=\\\\[bfnrt]))(?<secret>[A-Za-z0-9]{42}AzSe[A-D][A-Za-z0-9]{5}(?![+/=])))',
        leftBoundary: 'none',
      },
      examples: ['{{base62:42}}AzSeA{{base62:5}}'],
      nonExamples: ['AzSeshort'],
    },
    {
      id: 'azure-cache-for-redis-key',
      title: 'Azure Cache for Redis key',
      definition: {
        anchors: ['AzCa'],
        pattern:
          'AzCa[A-P][A-Za-z0-9+/]{5}=(?!=)(?![A-Za-z0-9_-])(?<=(?:(?<![A-Za-z0-9_-])|(?<=\\\\[bfnrt]))(?<secret>[A-Za-z0-9+/]{33}AzCa[A-P][A-Za-z0-9+/]{5}=(?!=)))',
        leftBoundary: 'none',
      },
      examples: ['{{base62:33}}AzCaA{{base62:5}}='],
      nonExamples: ['AzCashort'],
    },
    {
      id: 'azure-messaging-identifiable-key',
      title: 'Azure Service Bus, Event Hubs, Relay, IoT Hub or Event Grid key',
      definition: {
        anchors: ['+ASb', '+AEh', '+ARm', 'AIoT', 'AZEG'],
        pattern:
          '(?:\\+(?:ASb|AEh|ARm)|AIoT|AZEG)[A-P][A-Za-z0-9+/]{5}=(?!=)(?![A-Za-z0-9_-])(?<=(?:(?<![A-Za-z0-9_-])|(?<=\\\\[bfnrt]))(?<secret>[A-Za-z0-9+/]{33}(?:\\+(?:ASb|AEh|ARm)|AIoT|AZEG)[A-P][A-Za-z0-9+/]{5}=(?!=)))',
        leftBoundary: 'none',
      },
      examples: [
        '{{base62:33}}+ASbA{{base62:5}}=',
        '{{base62:33}}+AEhA{{base62:5}}=',
        '{{base62:33}}+ARmA{{base62:5}}=',
        '{{base62:33}}AIoTA{{base62:5}}=',
        '{{base62:33}}AZEGA{{base62:5}}=',
      ],
      nonExamples: ['AIoTshort'],
    },
    {
      id: 'azure-container-registry-key',
      title: 'Azure Container Registry password',
      definition: {
        anchors: ['+ACR'],
        pattern:
          '\\+ACR[A-D][A-Za-z0-9+/]{5}(?![+/=])(?![A-Za-z0-9_-])(?<=(?:(?<![A-Za-z0-9_-])|(?<=\\\\[bfnrt]))(?<secret>[A-Za-z0-9+/]{42}\\+ACR[A-D][A-Za-z0-9+/]{5}(?![+/=])))',
        leftBoundary: 'none',
      },
      examples: ['{{base62:42}}+ACRA{{base62:5}}'],
      nonExamples: ['+ACRshort'],
    },
    {
      id: 'azure-devops-legacy-token',
      title: 'Azure DevOps personal access token (before the signature)',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[a-z2-7]{52}' },
      context: {
        keys: ['azuredevopspat', 'azuredevopstoken', 'azuredevopsextpat', 'vststoken', 'adopat', 'vsspat'],
        near: [
          'azure_devops_pat',
          'azure devops pat',
          'azure_devops_ext_pat',
          'azure devops token',
          'azure devops personal access token',
          'azuredevopspat',
          'azuredevopstoken',
          'azuredevopsextpat',
          'vststoken',
          'adopat',
          'vsspat',
        ],
      },
      examples: ['{{lower32:52}}'],
      nonExamples: ['{{hex:52}}'],
    },
    {
      id: 'azure-app-configuration-secret',
      title: 'Secret in an Azure App Configuration connection string',
      definition: {
        anchors: ['.azconfig.io;Id='],
        pattern: '\\.azconfig\\.io;Id=[^;\\s"\\\']{4,64};Secret=(?<secret>[A-Za-z0-9+/]{43}=|[A-Za-z0-9]{80,90})',
        leftBoundary: 'none',
        rightBoundary: 'none',
      },
      examples: ['Endpoint=https://a.azconfig.io;Id=ab-l0-s0:{{base62:20}};Secret=<<{{base62:43}}=>>'],
      nonExamples: ['https://a.azconfig.io;Id=abcd;Secret=short'],
    },
    {
      id: 'azure-signalr-access-key',
      title: 'Key in an Azure SignalR or Web PubSub connection string',
      definition: {
        anchors: ['AccessKey='],
        pattern: '(?<!Shared)AccessKey=(?<secret>[A-Za-z0-9+/]{43}=)',
        rightBoundary: 'none',
      },
      examples: ['Endpoint=https://a.service.signalr.net;AccessKey=<<{{base62:43}}=>>;Version=1.0;'],
      nonExamples: ['AccessKey=short'],
    },
    {
      id: 'azure-maps-key',
      title: 'Azure Maps subscription key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9_-]{43}' },
      context: {
        keys: ['azuremapskey', 'azuremapssubscriptionkey', 'azuremapsapikey'],
        near: [
          'azure_maps_key',
          'azure maps key',
          'azure maps subscription key',
          'azuremapskey',
          'azuremapssubscriptionkey',
          'azuremapsapikey',
        ],
      },
      validate: isDrawn,
      examples: ['{{base62:43}}'],
      nonExamples: ['{{hex:43}}'],
    },
  ],
)
