import type { Make } from '../dice.js'
import { goSum, lockfile, minified, sri } from '../noise/blobs.js'
import { id, timestamp, uuid } from '../noise/ids.js'
import { vendorAnswer, vendorLog } from '../noise/vendors.js'
import { line, passage } from './prose.js'

const go: Make = (dice) =>
  [
    'package auth',
    'type Config struct {\n\tToken    string `json:"token"`\n\tPassword string `yaml:"password" env:"DB_PASSWORD"`\n}',
    'func New(ctx context.Context, secret []byte, opts ...Option) (*Client, error) {',
    '\tapiKey := os.Getenv("SERVICE_API_KEY")\n\treq.Header.Set("Authorization", "Bearer "+token)',
    `\treturn &Client{apiKey: apiKey, id: "${uuid(dice)}"}, nil\n}`,
  ].join('\n')

const terraform: Make = (dice) =>
  `resource "aws_db_instance" "main" {\n  username = var.username\n  password = random_password.db.result\n  kms_key_id = "arn:aws:kms:eu-central-1:${dice.fill('{{digits:12}}')}:key/${uuid(dice)}"\n}\noutput "token" {\n  value     = data.vault_token.this.id\n  sensitive = true\n}`

const ruby: Make = (dice) =>
  `class SessionsController\n  def create\n    user = User.find_by(email: params[:email])\n    return head :unauthorized unless user&.authenticate(params[:password])\n    render json: { token: encode(user_id: user.id, jti: "${dice.hex(16)}") }\n  end\nend`

const patch: Make = (dice) =>
  `From ${dice.hex(40)} Mon Sep 17 00:00:00 2001\nSubject: [PATCH] ${line(dice)}\n\n---\n values.yaml | 2 +-\n\n-  tokenSecretName: old-token\n+  tokenSecretName: new-token\nChange-Id: I${dice.hex(40)}`

const api: Make = (dice) =>
  JSON.stringify(
    {
      object: 'list',
      has_more: true,
      cursor: dice.bytes(24).toString('base64'),
      data: dice.times(3, 24, () => ({
        object: 'charge',
        id: dice.fill('ch_{{base62:24}}'),
        customer: dice.fill('cus_{{base62:14}}'),
        publishable: dice.fill('pk_live_{{base62:24}}'),
        fingerprint: dice.fill('{{base62:16}}'),
        sha: dice.hex(40),
        description: line(dice),
      })),
    },
    null,
    2,
  )

const kubernetes: Make = (dice) =>
  [
    'NAME                                READY   STATUS    RESTARTS   AGE',
    ...dice.times(
      4,
      16,
      () =>
        `checkout-api-${dice.fill('{{lower36:9}}')}-${dice.fill('{{lower36:5}}')}   1/1     Running   ${dice.whole(0, 4)}          ${dice.whole(1, 90)}d`,
    ),
  ].join('\n')

const events: Make = (dice) =>
  dice
    .times(6, 36, () =>
      JSON.stringify({
        t: timestamp(dice),
        lvl: 'info',
        trace: id(dice, 'trace'),
        span: dice.hex(16),
        msg: line(dice),
        image: `registry.example.com/a/b@sha256:${dice.hex(64)}`,
      }),
    )
    .join('\n')

const page: Make = (dice) =>
  `<html><body><script nonce="${dice.fill('{{base64url:22}}')}">window.__STATE__={buildId:"${dice.fill('{{base64url:21}}')}",csrfHeader:"X-CSRF"}</script><main>${passage(dice)}</main><script src="https://cdn.example.com/app.${dice.hex(20)}.js" integrity="${sri(dice)}"></script></body></html>`

const pythonTrace: Make = (dice) =>
  `Traceback (most recent call last):\n${dice
    .times(
      3,
      9,
      () =>
        `  File "/usr/lib/python3.12/site-packages/acme/client.py", line ${dice.whole(1, 900)}, in authenticate\n    token = self._token(password=password)`,
    )
    .join('\n')}\nacme.errors.AuthError: password: incorrect (request ${uuid(dice)})`

const tsv: Make = (dice) =>
  [
    'key\thash\tsize',
    ...dice.times(
      4,
      20,
      () => `exports/${uuid(dice)}/part-${dice.whole(0, 99)}\t${dice.hex(32)}\t${dice.whole(1, 9e6)}`,
    ),
  ].join('\n')

const schema: Make = (dice) =>
  JSON.stringify({
    openapi: '3.1.0',
    components: {
      securitySchemes: { ApiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' } },
      schemas: {
        Login: {
          required: ['password'],
          properties: {
            password: { type: 'string', minLength: dice.whole(6, 16) },
            token: { type: 'string', format: 'jwt' },
          },
        },
      },
    },
  })

const kinds: readonly Make[] = [
  api,
  api,
  api,
  events,
  events,
  go,
  terraform,
  ruby,
  patch,
  kubernetes,
  page,
  pythonTrace,
  tsv,
  vendorLog,
  vendorAnswer,
  schema,
  lockfile,
  goSum,
  minified,
]

export const output: Make = (dice) => dice.pick(kinds)(dice)
