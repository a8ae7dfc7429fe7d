import { describe, expect, it } from 'vitest'
import { isPlaceholder, looksScattered } from '../../src/detect/placeholder.js'
import { seededRandom } from '../../src/testing/templates.js'

describe('a value under the name of a credential', () => {
  it.each([
    ...[
      'getToken()',
      'await getSecret("x")',
      '@Value("db.password")',
      ':password',
      '@password',
      'MYTOKEN1',
      'my-api-key',
    ],
    ...['see vault', 'ask the admin', 'in 1Password', 'e.target.value', 'random_password.db.result', 'secretKeyRef'],
    ...['erforderlich', 'obligatoire', 'obrigatória'],
  ])('is a placeholder when it is what stands where a value is put together, or says where it is: %s', (value) =>
    expect(isPlaceholder(value)).toBe(true),
  )

  it.each(['hunter2', 'correct horse battery staple', 'P@ssw0rd!', ':x9Kf2', 'my.dog.Rex.2019', 'S3cret(1)'])(
    'is none when a person may have chosen it: %s',
    (value) => expect(isPlaceholder(value)).toBe(false),
  )
})

describe('letters of both cases', () => {
  it('mostly look scattered when they were drawn, as one in eight random passwords of twelve characters is', () => {
    const random = seededRandom(11)
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
    const draw = () => Array.from({ length: 12 }, () => letters[Math.floor(random() * letters.length)]).join('')
    const drawn = Array.from({ length: 2000 }, draw)
    expect(drawn.filter(looksScattered).length / drawn.length).toBeGreaterThan(0.65)
  })

  it.each([
    'getUserName',
    'myAppKeyValue',
    'ASAuthorizationAppleIDButton',
    'NSMutableURLRequest',
    'passwordInput',
    'MacBookPro',
  ])('do not when they are a name: %s', (name) => expect(looksScattered(name)).toBe(false))
})
