import { defineRules } from '../define.js'
import { isPassword, STOPS, UNPUNCTUATED } from './values.js'

/** A command and what may stand between it and its option, on one line and within one part of a pipe. */
const REST = '[^\\n|;&<>]{0,200}?'
const SECRET = `["']?(?<secret>[^|;&$${STOPS}-][^|;&${STOPS}]{3,127}${UNPUNCTUATED})`

export const commandLine = defineRules(
  { provider: 'Command line', link: 'https://dev.mysql.com/doc/refman/8.4/en/password-security-user.html' },
  [
    {
      id: 'command-mysql-password',
      title: 'Password in the -p option of a MySQL client',
      confidence: 'medium',
      definition: {
        anchors: ['mysql ', 'mysqldump ', 'mysqladmin ', 'mysqlimport ', 'mariadb ', 'mariadb-dump '],
        pattern: `(?:mysql(?:dump|admin|import)?|mariadb(?:-dump)?) ${REST}(?<=[ ])-p${SECRET}`,
        rightBoundary: 'none',
      },
      validate: isPassword,
      examples: ['mysql -u root -p<<{{base62:12}}>> -h db app', "mysqldump -h db -u app -p'<<{{base62:12}}>>' app"],
      nonExamples: ['mysql -u root -p -h db app', 'mysql -u root -p$MYSQL_PASSWORD'],
    },
    {
      id: 'command-password-option',
      title: 'Password in the option of a command that takes it in clear',
      confidence: 'medium',
      definition: {
        anchors: [
          ...['sshpass -p', 'docker login ', 'podman login ', 'registry login ', 'skopeo login ', 'oras login '],
          ...[
            'az login ',
            'redis-cli ',
            'mongosh ',
            'mongo ',
            'mongodump ',
            'mongorestore ',
            'ldapsearch ',
            'ldapadd ',
          ],
          ...['ldapmodify ', 'ldapwhoami ', 'ldapdelete '],
        ],
        pattern: `(?:sshpass -p ?|(?:(?:docker|podman|registry|skopeo|oras|az) login|mongo(?:sh|dump|restore)?) ${REST}(?<= )-p[ =]{1,2}|redis-cli ${REST}(?<= )(?:-a|--pass) {1,2}|ldap(?:search|add|modify|whoami|delete) ${REST}(?<= )-w {1,2})${SECRET}`,
        rightBoundary: 'none',
      },
      validate: isPassword,
      examples: [
        "sshpass -p '<<{{base62:12}}>>' ssh me@host",
        'docker login -u me -p <<{{base62:20}}>> registry.example.com',
        'redis-cli -h cache -a <<{{base62:16}}>> ping',
        'ldapsearch -x -D cn=admin -w <<{{base62:12}}>> -b dc=example',
      ],
      nonExamples: ['docker login -u me --password-stdin', 'redis-cli -h cache ping', 'sshpass -p "$PASS" ssh me@host'],
    },
    {
      id: 'command-keystore-password',
      title: 'Password of a key store or an OpenSSL key in a command',
      confidence: 'medium',
      definition: {
        anchors: ['pass:', '-storepass ', '-keypass ', 'requirepass ', 'masterauth '],
        pattern: `(?:(?<=-(?:pass|passin|passout) ["']?)pass:|-storepass |-keypass |requirepass |masterauth )${SECRET}`,
        leftBoundary: 'none',
        rightBoundary: 'none',
      },
      validate: isPassword,
      examples: [
        'openssl rsa -in k.pem -passin pass:<<{{base62:12}}>> -out p.pem',
        'keytool -list -keystore a.jks -storepass <<{{base62:12}}>>',
        'requirepass <<{{base62:24}}>>',
      ],
      nonExamples: ['openssl rsa -passin env:PASS', 'keytool -storepass changeit', 'requirepass foobared'],
    },
  ],
)
