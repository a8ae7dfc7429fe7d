import { bytes, digest, type LookAlikes, pick, template, templates } from './make.js'

const PACKAGES = ['lodash', 'token-types', 'secret-stack', 'keyv', 'passport', 'password-prompt', 'auth-header']

/** Hashes, keys that are meant to be public, images, embeddings, lockfiles. */
export const encoded: LookAlikes = {
  MD5: (random) => digest('md5', random, 'hex'),
  'git SHA': (random) => digest('sha1', random, 'hex'),
  'SHA-256': (random) => digest('sha256', random, 'hex'),
  'SHA-256 in upper case': (random) => digest('sha256', random, 'hex').toUpperCase(),
  'SHA-256 in base64': (random) => digest('sha256', random, 'base64'),
  'SHA-512': (random) => digest('sha512', random, 'hex'),
  'file with its hash': (random) => `${digest('sha256', random, 'hex')}  dist/app.tar.gz`,
  ETag: (random) => `"${digest('md5', random, 'hex')}-12"`,
  'weak ETag': (random) => `W/"${digest('sha1', random, 'base64').slice(0, 27)}"`,
  'content digest': (random) => `sha-256=:${digest('sha256', random, 'base64')}:`,
  'content security policy': (random) =>
    `script-src 'nonce-${digest('md5', random, 'base64')}' 'sha256-${digest('sha256', random, 'base64')}'`,
  'container image': (random) => `ghcr.io/a/b:1.2@sha256:${digest('sha256', random, 'hex')}`,
  'git log line': (random) => `* ${digest('sha1', random, 'hex').slice(0, 9)} (HEAD -> main) Rotate the signing key`,
  'commit trailers': (random) => `Change-Id: I${digest('sha1', random, 'hex')}\nSigned-off-by: A <a@example.com>`,
  'npm lock entry': (random) => {
    const name = pick(random, PACKAGES)
    return `"node_modules/${name}": {"resolved": "https://registry.npmjs.org/${name}/-/${name}-1.0.0.tgz", "integrity": "sha512-${digest('sha512', random, 'base64')}"}`
  },
  'yarn lock entry': (random) => {
    const name = pick(random, PACKAGES)
    return `${name}@^1.0.0:\n  resolved "https://registry.yarnpkg.com/${name}/-/${name}-1.0.0.tgz#${digest('sha1', random, 'hex')}"\n  integrity sha512-${digest('sha512', random, 'base64')}`
  },
  'yarn berry checksum': (random) => `  checksum: 10c0/${digest('sha512', random, 'hex')}`,
  'pnpm lock entry': (random) =>
    `  ${pick(random, PACKAGES)}@1.0.0:\n    resolution: {integrity: sha512-${digest('sha512', random, 'base64')}}`,
  'poetry lock entry': (random) =>
    `{file = "a-1.0-py3-none-any.whl", hash = "sha256:${digest('sha256', random, 'hex')}"},`,
  'pip requirement': (random) => `requests==2.32.0 --hash=sha256:${digest('sha256', random, 'hex')}`,
  'cargo lock entry': (random) =>
    `name = "secrecy"\nversion = "0.8.0"\nchecksum = "${digest('sha256', random, 'hex')}"`,
  'go.sum line': (random) => `golang.org/x/oauth2 v0.21.0 h1:${digest('sha256', random, 'base64')}`,
  'nix hash': (random) => `hash = "sha256-${digest('sha256', random, 'base64')}";`,
  'Gemfile checksum': (random) => `  devise (4.9.4) sha256=${digest('sha256', random, 'hex')}`,
  'SSH public key': (random) => `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA${bytes(32, random).toString('base64')} me@host`,
  'RSA public key': (random) =>
    `ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ${bytes(240, random).toString('base64')} ci@example.com`,
  'SSH fingerprint': (random) => `SHA256:${digest('sha256', random, 'base64').slice(0, 43)}`,
  'known hosts line': (random) =>
    `|1|${bytes(20, random).toString('base64')}|${bytes(20, random).toString('base64')} ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA${bytes(32, random).toString('base64')}`,
  'GPG fingerprint': (random) =>
    `gpg: key ${digest('sha1', random, 'hex').slice(0, 16).toUpperCase()}: public key imported`,
  'public key': template('{{pem:PUBLIC KEY}}'),
  certificate: template('{{pem:CERTIFICATE}}'),
  'certificate request': template('{{pem:CERTIFICATE REQUEST}}'),
  'PGP message': template('{{pem:PGP MESSAGE}}'),
  'public JWK': template(
    '{"kty":"RSA","e":"AQAB","use":"sig","kid":"{{base64url:43}}","alg":"RS256","n":"{{base64url:342}}"}',
  ),
  'age recipient': template('age1{{lower36:58}}'),
  'VAPID public key': template('B{{base64url:86}}'),
  'base64 image': (random) => `data:image/png;base64,iVBORw0KGgo${bytes(2000, random).toString('base64')}`,
  'JPEG image': (random) => `/9j/4AAQSkZJRgABAQAAAQABAAD/${bytes(1500, random).toString('base64')}`,
  'GIF image': (random) =>
    `R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7${bytes(600, random).toString('base64')}`,
  'SVG image': (random) =>
    `data:image/svg+xml;base64,${Buffer.from(`<svg width="${random()}" d="M${random()} 0"/>`).toString('base64')}`,
  'base64 PDF': (random) => `JVBERi0xLjcKJeLjz9MK${bytes(1800, random).toString('base64')}`,
  'piece of a base64 image': (random) => bytes(3000, random).toString('base64').slice(7, 2007),
  'base64 in lines': (random) => bytes(900, random).toString('base64').replace(/.{76}/g, '$&\r\n'),
  'gzip in base64': (random) => `H4sIAAAAAAAAA${bytes(400, random).toString('base64')}`,
  'WebAssembly in base64': (random) => `AGFzbQEAAAAB${bytes(900, random).toString('base64')}`,
  'font in base64': (random) => `url(data:font/woff2;base64,d09GMgABAAAAA${bytes(900, random).toString('base64')})`,
  'audio in base64': (random) => `SUQzBAAAAAAAI1RTU0UAAAAPAAADTGF2ZjU4${bytes(900, random).toString('base64')}`,
  'thinking signature': (random) => `ErUB${bytes(240, random).toString('base64')}`,
  'Gemini thought signature': (random) => `CiQB${bytes(200, random).toString('base64')}`,
  'reasoning blob': (random) => `gAAAAAB${bytes(300, random).toString('base64url')}`,
  embedding: (random) => JSON.stringify(Array.from({ length: 64 }, () => random() * 2 - 1)),
  'embedding in base64': (random) =>
    Buffer.from(Float32Array.from({ length: 64 }, () => random() * 2 - 1).buffer).toString('base64'),
  'quantized embedding': (random) => JSON.stringify([...bytes(128, random)]),
  'raw bytes': (random) => JSON.stringify({ type: 'Buffer', data: [...bytes(64, random)] }),
  'text as bytes': (random) =>
    JSON.stringify([...Buffer.from(`Hello number ${Math.floor(random() * 1e6)}, how are you?`)]),
  'hex dump': (random) => bytes(48, random).toString('hex').replace(/../g, '$& '),
  'text in hex': (random) => Buffer.from(`The order ${Math.floor(random() * 1e6)} was shipped`).toString('hex'),
  'text in base64': (random) =>
    Buffer.from(`The order ${Math.floor(random() * 1e6)} was shipped today, thanks`).toString('base64'),
  'JSON in base64': (random) =>
    Buffer.from(JSON.stringify({ page: random(), next: 'a', ids: [1, 2, 3] })).toString('base64'),
  'page cursor': (random) =>
    Buffer.from(JSON.stringify({ after: digest('md5', random, 'hex'), v: 2 })).toString('base64url'),
  'source map': (random) =>
    `{"version":3,"names":["token","key"],"mappings":"${Array.from({ length: 60 }, () => template('{{base62:4}}')(random)).join(',')}"}`,
  ...templates({
    'page tokens': '{"nextPageToken":"{{base64url:40}}","cursor":"{{base64url:32}}","sync_token":"{{digits:3}}"}',
    'continuation token': '{"continuationToken":"{{base64url:60}}","pageToken":"{{base64url:24}}"}',
    'MAC address': '{{hex:2}}:{{hex:2}}:{{hex:2}}:{{hex:2}}:{{hex:2}}:{{hex:2}}',
    'IPv6 address': '2001:db8:{{hex:4}}:{{hex:4}}:{{hex:4}}:{{hex:4}}:{{hex:4}}:{{hex:4}}',
    IBAN: 'DE{{digits:20}}',
    ISBN: '978-{{digits:1}}-{{digits:5}}-{{digits:3}}-{{digits:1}}',
    'phone numbers': '+49 30 {{digits:8}}, +1 (415) 555-{{digits:4}}',
    'card number mask': '**** **** **** {{digits:4}}',
    colours: '#{{hex:6}} #{{hex:8}} rgba(1,2,3,.4)',
    'semver ranges': '^{{digits:1}}.{{digits:2}}.0 || >=2.0.0-rc.{{digits:1}} <3 ~1.{{digits:2}}',
    timestamps: '2026-01-{{digits:1}}1T10:00:00.{{digits:6}}Z 17{{digits:11}}',
    'user agent':
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/{{digits:3}}.36 Chrome/{{digits:3}}.0.{{digits:4}}.{{digits:3}} Safari/537.36',
    'WebSocket handshake': 'Sec-WebSocket-Accept: {{base62:27}}=',
    'protobuf type': 'type.googleapis.com/google.rpc.ErrorInfo {{digits:9}}',
  }),
}
