import { defineRules } from '../define.js'

export const firebase = defineRules(
  { provider: 'Firebase', link: 'https://firebase.google.com/docs/cloud-messaging/auth-server' },
  [
    {
      // A registration token has the same tail and is an id; only a server key begins with four times A.
      id: 'firebase-server-key',
      title: 'Firebase Cloud Messaging server key',
      definition: { anchors: [':APA91b'], pattern: 'AAAA[A-Za-z0-9_-]{7}:APA91b[A-Za-z0-9_-]{120,150}', before: 11 },
      examples: ['AAAA{{base64url:7}}:APA91b{{base64url:134}}'],
      nonExamples: ['{{base62:11}}:APA91b{{base64url:134}}'],
    },
  ],
)
