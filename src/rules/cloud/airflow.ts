import { defineRules } from '../define.js'

export const airflow = defineRules(
  {
    provider: 'Apache Airflow',
    link: 'https://airflow.apache.org/docs/apache-airflow/stable/security/secrets/fernet.html',
  },
  [
    {
      id: 'airflow-fernet-key',
      title: 'Airflow Fernet key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9_-]{43}=' },
      context: { keys: ['fernetkey'], near: ['fernet_key', 'fernet key', 'fernet-key', 'fernetkey'] },
      examples: ['{{base64url:43}}='],
      nonExamples: ['{{hex:43}}'],
    },
  ],
)
