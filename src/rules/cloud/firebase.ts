import { defineRules } from '../define.js'

export const firebase = defineRules(
  { provider: 'Firebase', link: 'https://firebase.google.com/docs/cloud-messaging/auth-server' },
  [
    {
      // A registration token has the same tail and is an id; only a server key begins with four times A.
      id: 'firebase-server-key',
      title: 'Firebase Cloud Messaging server key',
      definition: {
        anchors: [':APA91b'],
        pattern:
          ':APA91b[A-Za-z0-9_-]{120,150}(?![A-Za-z0-9_-])(?<=(?:(?<![A-Za-z0-9_-])|(?<=\\\\[bfnrt]))(?<secret>AAAA[A-Za-z0-9_-]{7}:APA91b[A-Za-z0-9_-]{120,150}))',
        leftBoundary: 'none',
      },
      examples: ['AAAA{{base64url:7}}:APA91b{{base64url:134}}'],
      nonExamples: ['{{base62:11}}:APA91b{{base64url:134}}'],
    },
  ],
)
