import { isPlaceholder, looksOpaque, looksRandom } from '../../detect/placeholder.js'
import { defineRules } from '../define.js'

/** In the languages that people type to an agent in. */
const PASSWORDS = 'password|passwort|kennwort|passcode|passphrase|contrase(?:ñ|n)a|mot de passe|senha|wachtwoord'
const KEYS = 'api key|api-key|apikey|access token|auth token|secret key|access key|token|secret'
const IS =
  '(?: (?:for|of|to)(?: the| my| your| our)? [\\w@.-]{1,40})?(?: (?:is|was|lautet|ist|es|est|é|to|are|now)|:){1}(?: now)?:? {1,2}'

/** Each a literal of two words: one alone stands in every other text. */
const words = (names: readonly string[], verbs: readonly string[]): string[] =>
  names.flatMap((name) => verbs.map((verb) => `${name} ${verb} `))

/** Code, a number, a compound such as `base64-encoded`. */
const NOT_SPOKEN = /[(){}=]|^\W*\d+\W*$|^[a-z]+\d*(?:[-_/.][a-z]+\d*)+$/i
const unpunctuated = '(?<![.,;:!?)\\]}>*])'

/** What people tell an agent: `the password is …`. A sentence goes on with words, so the value must not be one. */
export const spokenPassword = defineRules(
  { provider: 'generic', link: 'https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html' },
  [
    {
      id: 'spoken-password',
      title: 'Password that a sentence tells',
      confidence: 'medium',
      definition: {
        anchors: [
          ...words(['password', 'passcode', 'passphrase', 'wachtwoord'], ['is', 'was', 'for', 'to']),
          ...words(['passwort', 'kennwort'], ['ist', 'lautet']),
          ...['contrase', 'mot de passe est ', 'senha '],
        ],
        caseInsensitive: true,
        pattern: `(?:${PASSWORDS})${IS}["'\`*“]{0,2}(?<secret>[^\\s"'\`<>“”]{6,128}${unpunctuated})`,
        rightBoundary: 'none',
      },
      validate: (secret) =>
        looksOpaque(secret) && /\d/.test(secret) && !isPlaceholder(secret) && !NOT_SPOKEN.test(secret),
      examples: [
        'the password is <<{{base62:12}}>>',
        'Das Passwort lautet <<{{base62:12}}>>',
        'my password for wifi is <<{{base62:12}}>>',
      ],
      nonExamples: ['the password is required', 'password is 12 characters', 'The password is base64-encoded'],
    },
    {
      id: 'spoken-api-key',
      title: 'Key or token that a sentence tells',
      confidence: 'medium',
      definition: {
        anchors: words(
          ['api key', 'api-key', 'apikey', 'token', 'secret', 'secret key', 'access key'],
          ['is', 'was', 'for', 'to'],
        ),
        caseInsensitive: true,
        pattern: `(?:${KEYS})${IS}["'\`*“]{0,2}(?<secret>[A-Za-z0-9._~+/=-]{20,512}${unpunctuated})`,
      },
      validate: (secret) => looksRandom(secret, 20) && !isPlaceholder(secret),
      examples: ['my API key is <<{{base62:32}}>>', 'the token for staging is <<{{hex:40}}>>'],
      nonExamples: ['the token is sent to the server', 'my api key is your-api-key-goes-here-now'],
    },
  ],
)
