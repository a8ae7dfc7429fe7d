import { describe, expect, it } from 'vitest'
import { createDetector } from '../../src/detect-entry.js'
import { fillTemplate, seededRandom } from '../../src/testing/templates.js'

const detector = createDetector()
const random = seededRandom(31)
const base64 = (text: string) => Buffer.from(text).toString('base64')

interface Filled {
  readonly text: string
  /** Offsets of what `<<` and `>>` mark, in order. */
  readonly secrets: readonly [number, number][]
}

function fill(template: string): Filled {
  const marked = fillTemplate(template, random)
  const secrets: [number, number][] = []
  let text = ''
  for (const [i, part] of marked.split(/<<|>>/).entries()) {
    if (i % 2 === 1) secrets.push([text.length, text.length + part.length])
    text += part
  }
  return { text, secrets }
}

/** Two copies of each file, so that no test rests on one draw. */
function holds(template: string): void {
  for (let round = 0; round < 2; round++) {
    const { text, secrets } = fill(template)
    const found = detector.scanText(text).map(({ start, end }) => text.slice(start, end))
    expect(found, text).toEqual(secrets.map(([start, end]) => text.slice(start, end)))
  }
}

const FILES: Readonly<Record<string, string>> = {
  '.env': `# database
NODE_ENV=production
PORT=3000
DATABASE_URL=postgres://app:<<{{base62:20}}>>@db.internal:5432/app
DB_PASSWORD=<<{{base62:16}}>>
REDIS_URL="redis://:<<{{base62:24}}>>@cache:6379/0"
OPENAI_API_KEY=<<sk-proj-{{base62:74}}T3BlbkFJ{{base62:74}}>>
SESSION_SECRET='<<{{base64:44}}>>'
export SLACK_SIGNING_SECRET=<<{{hex:32}}>>
MY_SERVICE_TOKEN=<<{{base62:40}}>> # rotate in May
STRIPE_PUBLISHABLE_KEY=pk_live_{{base62:24}}
SENTRY_DSN=https://{{hex:32}}@o123456.ingest.sentry.io/4505
LOG_LEVEL=debug
TOKEN_TTL=3600
JWT_ALGORITHM=RS256
SECRET_NAME=prod/app
API_KEY=your-api-key-here
FEATURE_SECRET_SANTA=true
`,
  '.npmrc': `registry=https://registry.npmjs.org/
//registry.npmjs.org/:_authToken=<<{{token:npm}}>>
//npm.internal/:_authToken=<<{{uuid}}>>
//other.internal/:_auth=<<{{basic}}>>
always-auth=true
email=me@example.com
//third.internal/:_authToken=$\{NPM_TOKEN}
`,
  '.netrc': `machine api.example.com
  login me
  password <<{{base62:24}}>>
machine git.example.com login me password <<{{base62:20}}>>
default login anonymous password <<{{base62:12}}>>
`,
  '.pypirc': `[distutils]
index-servers =
    pypi
    internal

[pypi]
username = __token__
password = <<pypi-AgEIcHlwaS5vcmc{{base64url:120}}>>

[internal]
repository = https://pypi.internal/simple
username = me
password = <<{{base62:16}}>>
`,
  '.git-credentials': `https://me:<<{{base62:30}}>>@git.example.com
https://oauth2:<<{{base62:26}}>>@git.internal
`,
  '.pgpass': `# hostname:port:database:username:password
db.internal:5432:app:app:<<{{base62:20}}>>
*:*:*:backup:<<{{base62:16}}>>
`,
  'my.cnf': `[client]
user=app
password=<<{{base62:18}}>>
host=db.internal
port=3306

[mysqldump]
quick
`,
  'AWS credentials': `[default]
aws_access_key_id = <<AKIA{{upper32:16}}>>
aws_secret_access_key = <<{{base62:40}}>>
region = eu-west-1

[session]
aws_access_key_id = <<ASIA{{upper32:16}}>>
aws_secret_access_key = <<{{base62:20}}/{{base62:19}}>>
aws_session_token = <<IQoJb3JpZ2lu{{base62:300}}>>
`,
  kubeconfig: `apiVersion: v1
kind: Config
clusters:
- cluster:
    certificate-authority-data: ${base64('-----BEGIN CERTIFICATE-----\nMIIC')}{{base62:60}}
    server: https://10.0.0.1:6443
  name: prod
contexts:
- context:
    cluster: prod
    user: admin
  name: prod
current-context: prod
users:
- name: admin
  user:
    client-certificate-data: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t{{base62:80}}
    client-key-data: <<${base64(fillTemplate('{{pem:RSA PRIVATE KEY}}', random))}>>
- name: robot
  user:
    token: <<{{jwt}}>>
- name: static
  user:
    token: <<{{base62:32}}>>
`,
  'Docker configuration': `{
  "auths": {
    "https://index.docker.io/v1/": {
      "auth": "<<{{basic}}>>"
    },
    "registry.internal": {
      "username": "me",
      "password": "<<{{base62:20}}>>",
      "identitytoken": "<<{{base62:40}}>>"
    }
  },
  "credsStore": "desktop"
}
`,
  'docker-compose.yml': `services:
  db:
    image: postgres:16@sha256:{{hex:64}}
    environment:
      POSTGRES_USER: app
      POSTGRES_PASSWORD: <<{{base62:16}}>>
      POSTGRES_DB: app
  app:
    environment:
      - NODE_ENV=production
      - JWT_SECRET=<<{{base62:32}}>>
      - "DATABASE_URL=postgresql+psycopg2://app:<<{{base62:16}}>>@db/app"
      - API_TOKEN=$\{API_TOKEN}
    secrets:
      - db_password
secrets:
  db_password:
    file: ./secrets/db_password.txt
`,
  'Kubernetes Secret': `apiVersion: v1
kind: Secret
metadata:
  name: db-credentials
  uid: {{uuid}}
  resourceVersion: "123456"
type: Opaque
data:
  username: YWRtaW4=
  password: <<{{base62:23}}=>>
  api-key: <<{{base62:43}}=>>
`,
  'Kubernetes Deployment': `apiVersion: apps/v1
kind: Deployment
spec:
  containers:
  - name: app
    image: ghcr.io/a/b@sha256:{{hex:64}}
    env:
    - name: DB_PASSWORD
      valueFrom:
        secretKeyRef:
          name: db-credentials
          key: password
    - name: LOG_LEVEL
      value: info
`,
  'terraform.tfvars': `region      = "eu-west-1"
db_password = "<<{{base62:20}}>>"
api_key     = "<<{{base62:32}}>>"
github_token = "<<{{token:github-pat}}>>"
kms_key_id = "{{uuid}}"
instance_type = "t3.micro"
`,
  'application.yml': `spring:
  datasource:
    url: jdbc:postgresql://db.internal:5432/app
    username: app
    password: <<{{base62:16}}>>
  security:
    oauth2:
      client:
        registration:
          keycloak:
            client-id: app
            client-secret: <<{{base62:32}}>>
  mail:
    password: $\{MAIL_PASSWORD}
jwt:
  secret: <<{{base64:64}}>>
  expiration: 86400000
`,
  'application.properties': `spring.datasource.url=jdbc:mysql://db/app?useSSL=true
spring.datasource.password=<<{{base62:16}}>>
server.ssl.key-store-password=<<{{base62:12}}>>
sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="app" password="<<{{base62:20}}>>";
management.endpoints.web.exposure.include=health
`,
  'appsettings.json': `{
  "ConnectionStrings": {
    "Default": "Server=tcp:db.internal,1433;Database=app;User Id=app;Password=<<{{base62:16}}>>;Encrypt=True;",
    "Storage": "DefaultEndpointsProtocol=https;AccountName=app;AccountKey=<<{{base62:86}}==>>;EndpointSuffix=core.windows.net"
  },
  "Jwt": { "Key": "", "Issuer": "https://example.com", "SigningKey": "<<{{base62:48}}>>" },
  "Logging": { "LogLevel": { "Default": "Information" } },
  "AllowedHosts": "*"
}
`,
  'service account': `{
  "type": "service_account",
  "project_id": "my-project",
  "private_key_id": "{{hex:40}}",
  "private_key": "<<-----BEGIN PRIVATE KEY-----\\n{{base64:64}}\\n{{base64:64}}\\n{{base64:42}}==\\n-----END PRIVATE KEY----->>\\n",
  "client_email": "robot@my-project.iam.gserviceaccount.com",
  "client_id": "{{digits:21}}",
  "auth_uri": "https://accounts.google.com/o/oauth2/auth",
  "token_uri": "https://oauth2.googleapis.com/token",
  "auth_provider_x509_cert_url": "https://www.googleapis.com/oauth2/v1/certs"
}
`,
  'application default credentials': `{
  "account": "",
  "client_id": "{{digits:12}}-{{lower36:32}}.apps.googleusercontent.com",
  "client_secret": "<<GOCSPX-{{base62:28}}>>",
  "quota_project_id": "my-project",
  "refresh_token": "<<1//0{{base64url:100}}>>",
  "type": "authorized_user",
  "universe_domain": "googleapis.com"
}
`,
  'Postman collection':
    `{"info":{"_postman_id":"{{uuid}}","name":"api"},"auth":{"type":"bearer","bearer":[{"key":"token","value":"<<{{base62:40}}>>","type":"string"}]},"item":[{"request":{"method":"GET","header":[{"key":"x-api-key","value":"<<{{base62:32}}>>"},{"key":"accept","value":"application/json"}],"url":{"raw":"https://{{host}}/v1"}}}],"variable":[{"key":"client_secret","value":"<<{{base62:32}}>>"},{"key":"page_size","value":"50"}]}`.replace(
      '{{host}}',
      'api.example.com',
    ),
  'HTTP archive': `{"log":{"entries":[{"request":{"headers":[{"name":"Authorization","value":"Bearer <<{{base62:40}}>>"},{"name":"User-Agent","value":"curl/8.5.0"}],"cookies":[{"name":"theme","value":"dark"}]},"response":{"status":200,"headers":[{"name":"ETag","value":"{{hex:32}}"}]}}]}}`,
  'curl transcript':
    `$ curl -v -u 'me:<<{{base62:16}}>>' -H 'X-Api-Key: <<{{base62:32}}>>' https://api.example.com/v1/items
* Connected to api.example.com (93.184.216.34) port 443
> GET /v1/items HTTP/2
> Host: api.example.com
> Authorization: Basic <<{{basic}}>>
> User-Agent: curl/8.5.0
< HTTP/2 200
< etag: "{{hex:32}}"
< set-cookie: sessionid=<<{{lower36:32}}>>; Path=/; HttpOnly
< x-request-id: {{uuid}}
{"id":"{{uuid}}","next_page_token":"{{base64url:40}}"}
`.replaceAll('\n< ', '\n* '),
  'HTTP trace': `POST /oauth/token HTTP/1.1\r
Host: auth.example.com\r
Authorization: Bearer <<{{jwt}}>>\r
Cookie: theme=dark; PHPSESSID=<<{{lower36:26}}>>; lang=en\r
Content-Type: application/x-www-form-urlencoded\r
X-Trace-Id: {{hex:32}}\r
\r
grant_type=client_credentials&client_id=app&client_secret=<<{{base62:32}}>>&scope=read\r
\r
HTTP/1.1 200 OK\r
\r
{"access_token":"<<{{base62:64}}>>","token_type":"Bearer","expires_in":3600,"refresh_token":"<<{{base62:48}}>>","scope":"read"}`,
  'Jupyter cell': `{"cell_type":"code","execution_count":3,"id":"{{hex:8}}","source":["import openai\\n","client = openai.OpenAI(api_key=\\"<<{{base62:40}}>>\\")\\n","conn = psycopg2.connect(\\"host=db dbname=app user=app password=<<{{base62:16}}>>\\")\\n","token = os.environ[\\"TOKEN\\"]\\n"]}`,
  'Terraform state': `{"version":4,"serial":12,"lineage":"{{uuid}}","resources":[{"type":"aws_db_instance","instances":[{"attributes":{"arn":"arn:aws:rds:eu-west-1:123456789012:db:app","password":"<<{{base62:20}}>>","username":"app","kms_key_id":"arn:aws:kms:eu-west-1:123456789012:key/{{uuid}}","master_user_secret":[]}}]},{"type":"random_password","instances":[{"attributes":{"bcrypt_hash":"$2a$10$a{{base62:52}}","length":20,"result":"x"}}]},{"type":"aws_iam_access_key","instances":[{"attributes":{"id":"<<AKIA{{upper32:16}}>>","secret":"<<{{base62:40}}>>"}}]}]}`,
  'GitHub Actions': `name: ci
on: [push]
permissions:
  id-token: write
env:
  API_URL: https://api.example.com
jobs:
  test:
    steps:
    - uses: actions/checkout@{{hex:40}}
      with:
        token: $\{{ secrets.GITHUB_TOKEN }}
    - run: npm publish
      env:
        NODE_AUTH_TOKEN: $\{{ secrets.NPM_TOKEN }}
        INTERNAL_TOKEN: <<{{base62:40}}>>
`,
  Dockerfile: `FROM node:20@sha256:{{hex:64}}
ARG NPM_TOKEN
ENV API_KEY=<<{{base62:32}}>>
ENV DB_PASSWORD="<<{{base62:16}}>>" NODE_ENV=production
RUN --mount=type=secret,id=npmrc npm ci
RUN git clone https://x-access-token:<<{{base62:36}}>>@git.internal/a/b.git
`,
  'shell history': `cd /srv/app
export AWS_SECRET_ACCESS_KEY=<<{{base62:40}}>>
mysql -u root -p<<{{base62:12}}>> app
PGPASSWORD=<<{{base62:16}}>> psql -h db -U app
sshpass -p '<<{{base62:12}}>>' ssh me@host
docker login -u me -p <<{{base62:20}}>> registry.internal
redis-cli -h cache -a <<{{base62:24}}>> ping
openssl rsa -in key.pem -passin pass:<<{{base62:14}}>> -out plain.pem
curl -H "Authorization: Bearer <<{{base62:40}}>>" https://api.example.com/v1/me
git commit -m "Rotate the password"
kubectl get secret db-credentials -o yaml
`,
  'web.config': `<configuration>
  <connectionStrings>
    <add name="Default" connectionString="Data Source=db;Initial Catalog=app;User ID=app;Password=<<{{base62:16}}>>" />
  </connectionStrings>
  <machineKey validation="SHA1" />
</configuration>
`,
  'settings.xml': `<settings>
  <servers>
    <server>
      <id>internal</id>
      <username>me</username>
      <password><<{{base62:16}}>></password>
    </server>
  </servers>
</settings>
`,
  'SQL script': `CREATE USER app WITH ENCRYPTED PASSWORD '<<{{base62:16}}>>';
GRANT ALL ON DATABASE app TO app;
-- the password column holds a hash
INSERT INTO users (id, password_hash) VALUES ('{{uuid}}', '$2b$12$a{{base62:52}}');
`,
  '/etc/shadow': `root:<<$6$a{{base62:15}}$b{{base62:85}}>>:19000:0:99999:7:::
daemon:*:19000:0:99999:7:::
me:<<$y$j9T$a{{base62:21}}$b{{base62:42}}>>:19000:0:99999:7:::
`,
  '.htpasswd': `me:<<$apr1$a{{base62:7}}$b{{base62:21}}>>
you:<<$2y$05$a{{base62:52}}>>
`,
  'PuTTY key': `PuTTY-User-Key-File-3: ssh-ed25519
Encryption: none
Comment: me@host
Public-Lines: 2
AAAAC3NzaC1lZDI1NTE5AAAAI{{base64:39}}
{{base64:16}}
Private-Lines: 1
<<{{base64:47}}=>>
Private-MAC: {{hex:64}}
`,
  'SOPS file': `db:
    password: ENC[AES256_GCM,data:{{base64:24}},iv:{{base64:43}}=,tag:{{base64:22}}==,type:str]
sops:
    age:
        - recipient: age1{{lower36:58}}
          enc: |
            -----BEGIN AGE ENCRYPTED FILE-----
            {{base64:64}}
            -----END AGE ENCRYPTED FILE-----
    lastmodified: "2026-11-22T18:00:00Z"
    mac: ENC[AES256_GCM,data:{{base64:88}},iv:{{base64:43}}=,tag:{{base64:22}}==,type:str]
`,
  'Ansible vault': `db_password: !vault |
  $ANSIBLE_VAULT;1.1;AES256
  {{digits:80}}
  {{digits:80}}
`,
  'OpenAPI description': `{"components":{"securitySchemes":{"bearer":{"type":"http","scheme":"bearer","bearerFormat":"JWT"},"key":{"type":"apiKey","in":"header","name":"X-API-Key"}},"schemas":{"Login":{"properties":{"password":{"type":"string","format":"password","example":"pa$$word","minLength":8},"token":{"type":"string","description":"The token of the session"}}}}}}`,
  'a chat': `Hi! My password is <<{{base62:12}}>>, and the API key is <<{{base62:40}}>>.
Can you log in at https://app.example.com with it? The token is sent by mail. My order number is {{digits:10}}.
`,
}

/** The environment of a container, as Kubernetes writes it. */
const CONTAINER = `    env:
    - name: DB_PASSWORD
      value: <<{{base62:16}}>>
    - name: LOG_LEVEL
      value: info
    - name: API_TOKEN
      value: "<<{{base62:32}}>>"
`
const OPTION_BEFORE_HEADER = 'tool --token <<{{base62:32}}>> -H "Authorization: Bearer <<{{base62:40}}>>" --verbose\n'

function holdsInJson(template: string): void {
  const { text, secrets } = fill(template)
  const stored = JSON.stringify({ type: 'tool', content: text })
  const found = detector.scanText(stored).map(({ start, end }) => JSON.parse(`"${stored.slice(start, end)}"`) as string)
  expect(found, stored).toEqual(secrets.map(([start, end]) => text.slice(start, end)))
}

describe('a whole file, as an agent reads it: each secret is found, exactly, and nothing else', () => {
  it.each(Object.entries(FILES))('%s', (_, template) => holds(template))

  it.each(Object.entries(FILES))('%s, inside a tool result in JSON', (_, template) => holdsInJson(template))

  it.each(Object.entries(FILES))('%s, as a string in state', (_, template) => {
    const { text, secrets } = fill(template)
    const found = detector.scanValue({ messages: [{ content: text }] }).map(({ start, end }) => [start, end])
    expect(found, text).toEqual(secrets.map((secret) => [...secret]))
  })

  it('the environment of a container', () => holds(CONTAINER))
  it('the environment of a container, inside a tool result in JSON', () => holdsInJson(CONTAINER))
  it('an option before a header in one command', () => holds(OPTION_BEFORE_HEADER))
})
