import { credentialSpan, type ValueForm } from '../../detect/credential.js'
import type { FieldClass } from '../../detect/fields.js'
import { isPlaceholder, looksOpaque, looksScattered } from '../../detect/placeholder.js'

/** Passwords of development images and of documentation, which stand in every example URL. */
const DEFAULTS: ReadonlySet<string> = new Set(
  `pass pwd pw user root admin guest postgres postgresql mysql mariadb mongo mongodb redis rabbitmq neo4j sa test minio
  minioadmin elastic clickhouse airflow keycloak grafana x x-oauth-basic oauth2 x-access-token token passw0rd pass123
  password1 password123 s3cret yourpassword mypassword secretpassword mysecretpassword mypass userpass dbpass foobared host port
  database db abc xyz 123`.split(/\s+/),
)

const isWhole = (fieldClass: FieldClass, value: string, form: ValueForm): boolean => {
  const span = credentialSpan(fieldClass, value, form)
  return span !== undefined && span.start === 0 && span.end === value.length
}

/** What would count as a password under a field of that name, and no image's default. */
export const isPassword = (secret: string): boolean =>
  !DEFAULTS.has(secret.toLowerCase()) && isWhole('password', secret, 'line')

/** A word with a number, a quantity, a type, a path of a key: what stands beside such a name in a table. */
const LABEL =
  /^(?:[A-Z]?[a-z]+|[A-Z]+)_?\d{1,2}$|^\d+[a-z]+(?:-[a-z]+)*$|^[A-Za-z_]+\d{0,3}\(.{0,30}$|^[a-z]+(?::\w+)+$/

export const isOpaque = (secret: string): boolean =>
  (looksOpaque(secret) || looksScattered(secret)) && !isPlaceholder(secret) && !LABEL.test(secret)

/** What a password in running text does not hold, for use in a character class: white space, quotes, markup. */
export const STOPS = '\\s"\'`<>“”„‘’«»\\\\'
/** Behind a password: the sentence or the bracket around it does not end in it. */
export const UNPUNCTUATED = '(?<![.,;:)\\]}])'
