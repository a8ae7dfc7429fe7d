import { isPlaceholder } from '../../detect/placeholder.js'
import { isMixed } from '../checks.js'
import { defineRules } from '../define.js'
import { isPassword, STOPS, UNPUNCTUATED } from './values.js'

const AFTER_HOST = '(?=[A-Za-z0-9_[.-])'
/** As it stands, and in JSON. */
const QUOTE = '\\\\{0,3}["\']'
const SPACE = '\\s{0,2}(?:\\\\{1,3}[nrt])?\\s{0,2}'
const KEYWORDS = '(?:host|hostaddr|dbname|user|port|sslmode|service|connect_timeout)'

/** The password and nothing else: host, user and database stay readable. */
export const connectionString = [
  ...defineRules({ provider: 'generic', link: 'https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1' }, [
    {
      id: 'url-userinfo-password',
      title: 'Password in the user part of a URL (databases, brokers, proxies, Git remotes)',
      confidence: 'medium',
      definition: {
        anchors: ['://'],
        // An unescaped @ belongs to the password when another one follows before the host ends.
        pattern: `:\\/\\/[^\\s:/?#"'\`<>{}\\[\\\\]{0,128}:(?<secret>[^\\s@/?#"'\`<>\\\\]{1,256}(?:@[^\\s@/?#:,;"'\`<>\\\\]{1,64})?(?:@[^\\s@/?#:,;"'\`<>\\\\]{1,64})?)@${AFTER_HOST}`,
        leftBoundary: 'none',
        rightBoundary: 'none',
      },
      validate: (secret) =>
        secret.length > 2 && (isPassword(secret) || (secret.length === 3 && !isPlaceholder(secret))),
      examples: [
        'postgres://app:<<{{base62:16}}>>@db.internal:5432/app',
        'redis://:<<{{base62:20}}>>@cache:6379/0',
        'mongodb+srv://app:<<{{base62:20}}>>@cluster0.abcde.mongodb.net/?retryWrites=true',
        'postgresql+psycopg2://app:<<{{base62:8}}@{{base62:6}}>>@db.internal/app',
        'amqps://app:<<{{base62:12}}!$%&*>>@mq.internal/vhost',
        'https://oauth2:<<{{base62:24}}>>@git.internal/a/b.git',
      ],
      nonExamples: [
        'postgres://user:password@localhost/db',
        'postgres://postgres:postgres@localhost:5432/postgres',
        'amqp://guest:guest@localhost:5672',
        'https://example.com:8080/a@b',
        'https://user@example.com',
        'http://localhost:3000/@vite/client',
        'postgres://{user}:{password}@{host}/db',
        'mongodb://db1.internal:27017,db2.internal:27017/app',
      ],
    },
    {
      id: 'url-userinfo-token',
      title: 'Token in place of the user in a URL (Git remotes, webhooks)',
      confidence: 'medium',
      definition: {
        anchors: ['https://', 'http://'],
        // Who a Sentry event belongs to is no secret.
        pattern:
          'https?:\\/\\/(?<secret>[A-Za-z0-9_-]{20,255})(?::x-oauth-basic|:)?@(?![\\w.-]{0,64}(?:sentry|ingest))(?=[A-Za-z0-9])',
        rightBoundary: 'none',
      },
      validate: (secret) => isMixed(secret) && !isPlaceholder(secret),
      examples: [
        'https://<<{{base62:40}}>>@git.internal/a/b.git',
        'https://<<{{base62:32}}>>:x-oauth-basic@git.internal/a',
      ],
      nonExamples: ['https://{{hex:32}}@o123.ingest.sentry.io/456', 'https://some-user-name-1@example.com/a'],
    },
  ]),
  ...defineRules(
    { provider: 'Connection string', link: 'https://www.postgresql.org/docs/current/libpq-connect.html' },
    [
      {
        id: 'database-url-unescaped-password',
        title: 'Database URL whose password holds unescaped slashes, question marks or hashes',
        confidence: 'medium',
        definition: {
          anchors: ['postgres', 'mysql', 'mariadb', 'mongodb', 'redis', 'amqp', 'clickhouse'],
          pattern: `(?:postgres(?:ql)?(?:\\+\\w{1,16})?|mysql(?:\\+\\w{1,16})?|mariadb|mongodb(?:\\+srv)?|rediss?|amqps?|clickhouse):\\/\\/[^\\s:/?#"'\`<>\\\\@]{0,128}:(?<secret>(?!\\d{1,5}[/?,])[^\\s@"'\`<>\\\\/?#]{1,128}[/?#][^\\s@"'\`<>\\\\]{0,128})@(?=[\\w.-]{1,253}(?::\\d{1,5})?(?:[/?,;"'\\s]|$))`,
          rightBoundary: 'none',
        },
        validate: isPassword,
        examples: [
          'postgres://app:<<{{base62:8}}/{{base62:8}}>>@db.internal:5432/app',
          'mysql://app:<<{{base62:8}}#{{base62:4}}>>@db/app',
        ],
        nonExamples: ['postgres://localhost:5432/app?email=a@example.com', 'redis://cache:6379/0'],
      },
      {
        id: 'database-keyword-password',
        title: 'Password in a libpq keyword string',
        confidence: 'medium',
        definition: {
          anchors: ['password='],
          pattern: `(?:(?<=\\b${KEYWORDS}=[^\\s=]{1,128}[ \\t]{1,4})|(?=password=\\S{3,200}[ \\t]{1,4}${KEYWORDS}=))password=(?:${QUOTE})?(?<secret>[^;&${STOPS}]{3,128}${UNPUNCTUATED})`,
          rightBoundary: 'none',
        },
        validate: isPassword,
        examples: [
          'host=db.internal port=5432 dbname=app user=app password=<<{{lower36:10}}>>',
          'password=<<{{base62:12}}>> host=db user=app',
        ],
        nonExamples: ['host=db user=app password=changeme', 'user=app password=<password>'],
      },
    ],
  ),
  ...defineRules(
    { provider: 'ADO.NET', link: 'https://learn.microsoft.com/en-us/sql/connect/ado-net/connection-string-syntax' },
    [
      {
        id: 'ado-connection-password',
        title: 'Password in an ADO.NET, ODBC or OLE DB connection string',
        definition: {
          anchors: ['password=', 'pwd=', 'password =', 'pwd ='],
          caseInsensitive: true,
          pattern: `(?:(?<==[^;\\n"']{1,200};${SPACE})|(?=[a-z]{3,8} ?=[^;\\n"']{3,140};${SPACE}[A-Za-z][A-Za-z ]{1,24}=))(?:password|pwd) ?= ?(?:${QUOTE}|\\{)?(?<secret>[^;{}${STOPS}][^;}${STOPS}]{2,127}${UNPUNCTUATED})`,
          rightBoundary: 'none',
        },
        validate: isPassword,
        examples: [
          'Server=tcp:db.internal,1433;Database=app;User Id=app;Password=<<{{base62:12}}>>;Encrypt=True;',
          'Driver={ODBC Driver 18 for SQL Server};Server=db;UID=sa;PWD=<<{{base62:10}}>>',
          'Pwd=<<{{base62:10}}>>;Server=db;Uid=app;',
        ],
        nonExamples: ['Server=db;Database=app;Trusted_Connection=True;', 'Server=db;User Id=sa;Password=changeme;'],
      },
    ],
  ),
  ...defineRules(
    {
      provider: 'JDBC',
      link: 'https://docs.oracle.com/en/database/oracle/oracle-database/23/jjdbc/data-sources-and-URLs.html',
    },
    [
      {
        id: 'jdbc-url-password',
        title: 'Password in a JDBC URL',
        confidence: 'medium',
        definition: {
          anchors: ['jdbc:'],
          pattern: `jdbc:[a-z][^\\s"'<>]{1,400}?[?&;](?:password|pwd|Password|PWD)=(?<secret>[^&;${STOPS}]{3,128}${UNPUNCTUATED})`,
          rightBoundary: 'none',
        },
        validate: isPassword,
        examples: [
          'jdbc:postgresql://db.internal:5432/app?user=app&password=<<{{base62:14}}>>',
          'jdbc:mysql://db.internal/app?useSSL=true&user=app&password=<<{{base62:14}}>>',
        ],
        nonExamples: ['jdbc:postgresql://db.internal:5432/app', 'jdbc:mysql://db/app?user=root&password=password'],
      },
      {
        id: 'jdbc-oracle-password',
        title: 'Password in an Oracle thin URL',
        confidence: 'medium',
        definition: {
          anchors: ['jdbc:oracle:'],
          pattern: 'jdbc:oracle:(?:thin|oci8?):[^\\s/"\'@]{1,64}\\/"?(?<secret>[^\\s@"\'<>\\\\]{3,128})"?@',
          rightBoundary: 'none',
        },
        validate: isPassword,
        examples: ['jdbc:oracle:thin:app/<<{{base62:14}}>>@//db.internal:1521/service'],
        nonExamples: ['jdbc:oracle:thin:@db.internal:1521:sid'],
      },
    ],
  ),
  ...defineRules({ provider: 'SQL', link: 'https://www.postgresql.org/docs/current/sql-createrole.html' }, [
    {
      id: 'sql-user-password',
      title: 'Password in a statement that makes or alters a database user',
      confidence: 'medium',
      definition: {
        anchors: ["password '", 'identified by ', 'identified with '],
        caseInsensitive: true,
        pattern:
          "(?:(?<=(?:with|login|encrypted|superuser|createdb|createrole|(?:user|role) [\\w\"-]{1,64}) {1,4})password|identified (?:with [\\w']{1,40} )?by) {1,4}'(?<secret>[^'\\n\\\\]{4,128})(?=')",
        rightBoundary: 'none',
      },
      validate: isPassword,
      examples: [
        "CREATE USER app WITH ENCRYPTED PASSWORD '<<{{base62:14}}>>';",
        "CREATE USER 'app'@'%' IDENTIFIED BY '<<{{base62:14}}>>';",
      ],
      nonExamples: ["CREATE USER app WITH PASSWORD 'password'", "the password 'field' is required"],
    },
  ]),
]
