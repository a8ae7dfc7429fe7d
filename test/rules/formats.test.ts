import { describe, expect, it } from 'vitest'
import { createDetector } from '../../src/detect-entry.js'
import { formats } from '../../src/rules/formats/index.js'
import { fillTemplate, seededRandom } from '../../src/testing/templates.js'

const detector = createDetector()
const random = seededRandom(47)
const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

function found(text: string): [string, string][] {
  return detector.scanText(text).map(({ ruleId, start, end }) => [ruleId, text.slice(start, end)])
}

/** `<<` and `>>` mark each secret of a template. */
function expectExactly(template: string, ruleId?: string): void {
  const marked = fillTemplate(template, random)
  const secrets = [...marked.matchAll(/<<([\s\S]*?)>>/g)].map((match) => match[1])
  const hits = found(marked.replaceAll(/<<|>>/g, ''))
  expect(
    hits.map(([, secret]) => secret),
    marked,
  ).toEqual(secrets)
  if (ruleId !== undefined) expect(hits.map(([id]) => id)).toEqual(secrets.map(() => ruleId))
}

const silent = (template: string): void => {
  const text = fillTemplate(template, random)
  expect(found(text), text).toEqual([])
}

describe('a private key', () => {
  const pem = (label: string) => fillTemplate(`{{pem:${label}}}`, random)

  it.each([
    'PRIVATE KEY',
    'RSA PRIVATE KEY',
    'EC PRIVATE KEY',
    'DSA PRIVATE KEY',
    'OPENSSH PRIVATE KEY',
    'ENCRYPTED PRIVATE KEY',
  ])('is found in lines, on one line, with escaped line ends and in JSON: %s', (label) => {
    const key = pem(label)
    expect(found(`a\n${key}\nb`)).toEqual([['private-key-pem', key]])
    const oneLine = key.replaceAll('\n', ' ')
    expect(found(`key: ${oneLine} end`)).toEqual([['private-key-pem', oneLine]])
    const escaped = key.replaceAll('\n', '\\n')
    expect(found(`PRIVATE_KEY="${escaped}\\n"`)).toEqual([['private-key-pem', escaped]])
    expect(found(JSON.stringify({ private_key: `${key}\n` }))).toEqual([['private-key-pem', escaped]])
    expect(found(JSON.stringify({ a: JSON.stringify({ private_key: key }) }))).toEqual([
      ['private-key-pem', escaped.replaceAll('\\', '\\\\')],
    ])
    expect(found(key.replaceAll('\n', '\r\n'))).toEqual([['private-key-pem', key.replaceAll('\n', '\r\n')]])
  })

  it('is found under the headers of an encrypted one', () =>
    expectExactly(
      '<<-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,{{upper16:32}}\n\n{{base64:64}}\n{{base64:64}}\n-----END RSA PRIVATE KEY----->>\n',
      'private-key-pem',
    ))

  it('is found when its end was cut off, with headers or without', () => {
    expectExactly('<<-----BEGIN PRIVATE KEY-----\n{{base64:64}}\n{{base64:40}}>>', 'private-key-pem')
    expectExactly('<<-----BEGIN PRIVATE KEY-----\n{{base64:64}}\n{{base64:40}}>>... (truncated)', 'private-key-pem')
    expectExactly(
      '<<-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,{{upper16:32}}\n\n{{base64:64}}\n{{base64:40}}>>',
      'private-key-pem',
    )
  })

  it('is found in OpenPGP armour and in the older format of SSH2', () => {
    expectExactly(
      '<<-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: GnuPG v2\n\n{{base64:64}}\n{{base64:64}}\n=aB3d\n-----END PGP PRIVATE KEY BLOCK----->>',
      'private-key-pem',
    )
    expectExactly(
      '<<---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nComment: "a key"\n{{base64:64}}\n{{base64:64}}\n---- END SSH2 ENCRYPTED PRIVATE KEY ---->>',
      'private-key-pem',
    )
  })

  it.each([
    'PUBLIC KEY',
    'RSA PUBLIC KEY',
    'CERTIFICATE',
    'CERTIFICATE REQUEST',
    'PGP PUBLIC KEY BLOCK',
    'PGP MESSAGE',
    'DH PARAMETERS',
  ])('is not seen in %s', (label) => silent(`{{pem:${label}}}`))

  it.each([
    '-----BEGIN PRIVATE KEY-----',
    '-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----',
    '-----BEGIN RSA PRIVATE KEY-----\nMIIE...your key here...\n-----END RSA PRIVATE KEY-----',
    "const pem = '-----BEGIN PRIVATE KEY-----\\n' + wrap(body, 64).join('\\n') + '\\n-----END PRIVATE KEY-----\\n'",
    'if (text.startsWith("-----BEGIN OPENSSH PRIVATE KEY-----")) { return parse(text) } // -----END OPENSSH PRIVATE KEY-----',
  ])('is not seen in %j', silent)
})

describe('a JSON Web Token', () => {
  const part = '{{base64url:43}}'

  it('is found signed, and encrypted', () => {
    expectExactly(
      `<<${base64url({ alg: 'ES256', kid: 'a' })}.${base64url({ sub: '1' })}.{{base64url:86}}>>`,
      'jwt-token',
    )
    expectExactly(
      `<<${base64url({ alg: 'RSA-OAEP', enc: 'A256GCM' })}.${part}.{{base64url:16}}.${part}.{{base64url:22}}>>`,
      'jwt-token',
    )
  })

  it('is not seen where nothing is signed, or where the header is none', () => {
    silent(`${base64url({ alg: 'none' })}.${base64url({ sub: '1' })}.`)
    silent(`${base64url({ alg: 'none' })}.${base64url({ sub: '1' })}.{{base64url:43}}`)
    silent(`${base64url({ typ: 'JWT' })}.${base64url({ sub: '1' })}.{{base64url:43}}`)
    silent(`${base64url({ page: 2 })}.{{base64url:20}}.{{base64url:43}}`)
  })
})

describe('the password of a URL', () => {
  it.each(
    `postgres postgresql postgresql+psycopg2 postgresql+asyncpg mysql mysql+pymysql mariadb mongodb mongodb+srv redis rediss
    amqp amqps mssql mssql+pyodbc clickhouse clickhouse+http cassandra neo4j neo4j+s bolt couchbase couchbases nats kafka
    mqtt mqtts ldap ldaps smtp smtps ftp ftps sftp imap snowflake cockroachdb oracle+oracledb influxdb elasticsearch http
    https socks5 ssh git+https rtsp`.split(/\s+/),
  )('is found behind %s://', (scheme) => {
    expectExactly(`${scheme}://app:<<{{base62:14}}>>@host.internal:1234/path?a=b`)
    expectExactly(`"${scheme}://app:<<{{base62:14}}>>@host.internal"`)
  })

  it.each([
    'redis://:<<{{base62:20}}>>@cache:6379/0',
    'redis://default:<<{{base62:20}}>>@cache:6379',
    'mongodb://app:<<{{base62:20}}>>@a:27017,b:27017,c:27017/app?replicaSet=rs0',
    'postgres://app%40tenant:<<{{base62:8}}%40{{base62:8}}%2F>>@db/app',
    'postgres://me@example.com:<<{{base62:12}}>>@db/app',
    'postgres://app:<<{{base62:6}}@{{base62:6}}>>@db:5432/app',
    'postgres://app:<<{{base62:6}}/{{base62:6}}#{{base62:4}}>>@db:5432/app',
    'amqp://app:<<{{base62:12}}>>@a:5672,amqp://app:<<{{base62:12}}>>@b:5672',
    'http_proxy=http://me:<<{{base62:12}}>>@proxy.internal:3128',
    'git clone https://oauth2:<<{{base62:26}}>>@git.internal/a.git',
    'https://[::1]:8443/ and https://me:<<{{base62:12}}>>@[::1]:8443/',
    'DATABASE_URL=postgres://app:<<{{base62:12}}>>@db/app\nREDIS_URL=redis://:<<{{base62:12}}>>@cache/1\n',
  ])('is exact in %s', (template) => expectExactly(template))

  it.each([
    'postgres://user:password@localhost/db',
    'postgres://user:pass@host:5432/db',
    'postgres://postgres:postgres@localhost:5432/postgres',
    'postgres://USER:PASSWORD@HOST:PORT/DATABASE',
    'postgres://<user>:<password>@<host>/<db>',
    `postgres://${'$'}{USER}:${'$'}{PASS}@${'$'}{HOST}/db`,
    'postgres://$USER:$PASS@$HOST/db',
    'postgres://{user}:{password}@{host}:{port}/{db}',
    'postgres://%s:%s@%s/%s',
    'postgres://user:****@localhost/db',
    'postgres://user:[REDACTED]@localhost/db',
    'postgres://app:your_password@db/app',
    'amqp://guest:guest@localhost:5672//',
    'redis://localhost:6379/0',
    'mongodb://localhost:27017,localhost:27018/?replicaSet=rs0',
    'http://localhost:3000/@vite/client',
    'http://localhost:5173/@fs/home/me/app.js',
    'https://example.com:8080/a@b',
    'https://registry.npmjs.org/@scope/name/-/name-1.0.0.tgz',
    'https://user@example.com/a',
    'ssh://git@github.com:22/org/repo',
    'https://medium.com/@user/post-1:2',
    'https://{{hex:32}}@o123.ingest.sentry.io/456',
  ])('is not seen in %s', (template) => silent(template))
})

describe('a password in a connection string of another form', () => {
  it.each([
    'Server=db;Database=app;User Id=sa;Password=<<{{base62:12}}>>;',
    'Server=db;Database=app;Uid=sa;Pwd=<<{{base62:12}}>>',
    'server=db; user=sa; password=<<{{base62:12}}>>; encrypt=yes',
    'Password=<<{{base62:12}}>>;Persist Security Info=True;User ID=sa;Data Source=db',
    'Provider=SQLOLEDB;Data Source=db;User ID=sa;Password=<<swordfish>>;',
    'DRIVER={ODBC Driver 18 for SQL Server};SERVER=db;UID=sa;PWD={<<{{base62:12}}>>}',
    'host=db port=5432 dbname=app user=app password=<<swordfish>> sslmode=require',
    'jdbc:postgresql://db/app?user=app&password=<<swordfish>>&ssl=true',
    'jdbc:sqlserver://db:1433;databaseName=app;user=sa;password=<<{{base62:12}}>>;encrypt=true',
    'jdbc:oracle:thin:app/<<{{base62:12}}>>@db:1521:sid',
    'PlainLoginModule required username="app" password="<<swordfish>>";',
    "ALTER ROLE app WITH PASSWORD '<<{{base62:12}}>>';",
    "CREATE USER app IDENTIFIED BY '<<{{base62:12}}>>';",
  ])('is found in %s', (template) => expectExactly(template))

  it.each([
    'Server=db;Database=app;Integrated Security=true;',
    'Server=db;User Id=sa;Password={0};',
    'Server=db;User Id=sa;Password=********;',
    'host=db port=5432 dbname=app user=app password=$PGPASSWORD',
    'jdbc:postgresql://db/app?user=app&password=password',
    'jdbc:oracle:thin:@//db:1521/service',
    "ALTER ROLE app WITH PASSWORD 'changeme';",
    'the password is stored; user=app; see the docs',
  ])('is not seen in %s', silent)
})

describe('a credential in a command, a header or a sentence', () => {
  it.each([
    'curl -u me:<<{{base62:16}}>> https://example.com',
    "curl --user 'me:<<{{base62:10}}!$%>>' https://example.com",
    'curl -H "Authorization: Bearer <<{{base62:40}}>>" https://example.com',
    "curl -H 'Authorization: Token <<{{hex:40}}>>' https://example.com",
    "curl -H 'x-api-key: <<{{base62:32}}>>' -H 'accept: application/json' https://example.com",
    "curl -b 'sessionid=<<{{lower36:32}}>>' https://example.com",
    'mysql -h db -u root -p<<{{base62:12}}>> app',
    'sshpass -p <<{{base62:12}}>> ssh me@host',
    'docker login registry.internal -u me -p <<{{base62:20}}>>',
    'redis-cli -h cache -a <<{{base62:16}}>>',
    'ldapsearch -x -D cn=admin,dc=a -w <<{{base62:12}}>> -b dc=a',
    'keytool -list -storepass <<{{base62:12}}>> -keystore a.jks',
    'helm install a b --set auth.password=<<{{base62:12}}>>',
    'The password is <<{{base62:10}}>>.',
    'my password for the wifi is "<<{{base62:10}}>>", thanks',
    'Das Passwort lautet <<{{base62:10}}>>.',
    'La contraseña es <<{{base62:10}}>>',
    'Le mot de passe est <<{{base62:10}}>>.',
    'My API key is <<{{base62:32}}>>.',
    'otpauth://totp/Example:me@example.com?secret=<<{{upper32:32}}>>&issuer=Example&digits=6',
    'My recovery phrase is <<{{mnemonic:12}}>>.',
    'xprv: <<xprv{{base58:107}}>>',
  ])('is found in %s', (template) => expectExactly(template))

  it.each([
    'curl -u me https://example.com',
    'curl -u "$USER:$PASS" https://example.com',
    'docker run -u 1000:1000 -p 8080:80 image',
    'docker run --user node:node image',
    'mysql -u root -p app',
    'ssh -p 2222 me@host',
    'mkdir -p some/directory1 && tar -a -w',
    'The password is required. Your password is too short: 8 characters at least.',
    'the password is base64-encoded and the token is rotated every 24h',
    'Das Passwort ist falsch. Das Passwort lautet anders.',
    'Le mot de passe est obligatoire.',
    'My API key is in the vault under prod/openai-key-2.',
    'The token is sent as header X-Token-V2-Session-Id.',
    'the bearer of this letter; basic authentication; digest realm',
    'seed phrase: write down the words that your wallet shows you and keep them in a safe place',
    'otpauth://totp/Example:me@example.com?issuer=Example',
    'xpub{{base58:107}}',
    'set-cookie: theme=dark; Path=/',
    'age1{{lower36:58}}',
  ])('is not seen in %s', silent)
})

describe('a signed URL', () => {
  it.each([
    'https://b.s3.amazonaws.com/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=300&X-Amz-SignedHeaders=host&X-Amz-Signature=<<{{hex:64}}>>',
    'https://b.s3.amazonaws.com/k?Expires=1767290400&Signature=<<{{base62:26}}%2B%3D>>',
    'https://storage.googleapis.com/b/o?X-Goog-Date=20261122T000000Z&X-Goog-Expires=300&X-Goog-Signature=<<{{hex:512}}>>',
    'https://a.blob.core.windows.net/c/b?sv=2024-11-04&se=2030-01-01&sr=b&sp=r&sig=<<{{base62:43}}%3D>>',
    'https://d1.cloudfront.net/a?Policy={{base62:80}}&Signature=<<{{base62:60}}~{{base62:60}}>>&Key-Pair-Id=K2{{upper36:12}}',
  ])('gives away its signature: %s', (template) => expectExactly(template))
})

describe('every rule of a format', () => {
  it('links to an https page', () => {
    for (const rule of formats) expect(rule.link, rule.id).toMatch(/^https:\/\//)
  })

  it('reads a text that almost matches, over and over, in linear time', () => {
    const units = ['a', ':', '=', '&a=', 'user=a ', '://a:', '?Expires=1&Signature=aaaaaaaaaaaaaaaaaaaaaaaaa']
    const fastest = (text: string): number => {
      const times = [0, 1, 2].map(() => {
        const from = performance.now()
        detector.scanText(text)
        return performance.now() - from
      })
      return Math.min(...times)
    }
    for (const rule of formats) {
      for (const anchor of rule.definition.anchors.slice(0, 3)) {
        for (const unit of units) {
          const text = `${anchor}${unit.repeat(100 / unit.length)}`.repeat(120)
          // A quadratic pattern takes seconds; the bound leaves room for a busy machine.
          expect(fastest(text), `${rule.id}: ${anchor} ${unit}`).toBeLessThan(150)
        }
      }
    }
  })
})
