import { allPatterns, OpenRedaction } from '@openredaction/core'
import type { Peer } from './peer.js'

/** Its patterns for credentials; those for names, addresses and card numbers would count as false here. */
const CREDENTIAL =
  /^(?:(?:AWS|OPENAI|GOOGLE|STRIPE|GENERIC|SSH|AZURE|TWILIO|MAILGUN|SENDGRID|HEROKU|FIREBASE)_.*KEY|PRIVATE_KEY|AWS_SECRET_KEY|(?:GITHUB|JWT|SLACK|NPM|PYPI|OAUTH|BEARER)_TOKEN|(?:GENERIC|KUBERNETES)_SECRET|OAUTH_CLIENT_SECRET|SLACK_WEBHOOK|DATABASE_CONNECTION|DOCKER_AUTH|URL_WITH_AUTH|COOKIE_SESSION)$/
const patterns = [...new Set(allPatterns.map(({ type }) => type))].filter((type) => CREDENTIAL.test(type))
const shield = new OpenRedaction({ patterns, includeNames: false, includeAddresses: false, includePhones: false })

export const openredaction: Peer = {
  name: 'openredaction',
  share: 0.2,
  async scanText(text) {
    const { detections } = await shield.detect(text)
    return detections.map(({ position: [start, end] }) => ({ start, end }))
  },
}
