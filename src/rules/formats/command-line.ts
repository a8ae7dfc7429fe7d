import { defineRules } from '../define.js'
import { isOpaque, isPassword, STOPS, UNPUNCTUATED } from './values.js'

/** A command and what may stand between it and its option, on one line and within one part of a pipe. */
const REST = '[^\\n|;&<>]{0,200}?'
/** In single quotes a shell takes everything as it is. */
const SECRET = `["']?(?<secret>(?<=')[^'\\\\\\s]{4,128}(?=')|[^|;&$${STOPS}-][^|;&${STOPS}]{3,127}${UNPUNCTUATED})`

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
    {
      id: 'command-stdin-password',
      title: 'Password that a command prints into another',
      confidence: 'medium',
      link: 'https://docs.docker.com/reference/cli/docker/login/#password-stdin',
      definition: {
        anchors: ['echo ', 'printf ', '<<< '],
        pattern: `(?:(?:echo (?:-n )?|printf (?:["']?%s["']? )?)["']?(?:root:|[a-z][a-z0-9_-]{0,30}:(?=[^\\n|]{4,128}\\|[^\\n|]{0,20}chpasswd))?(?<secret>(?<=')[^'\\\\\\s]{4,512}(?=')|[^|;&$${STOPS}]{4,512})["']? {0,2}\\|[^\\n|]{0,120}(?:--password-stdin|chpasswd|--with-token|sudo -S|passwd --stdin))`,
        rightBoundary: 'none',
      },
      validate: isPassword,
      examples: [
        "echo '<<{{base62:20}}>>' | docker login -u me --password-stdin registry.example.com",
        'echo "root:<<{{base62:12}}>>" | chpasswd',
      ],
      nonExamples: ['echo "$PASS" | docker login -u me --password-stdin', 'echo hello | wc'],
    },
    {
      id: 'command-password-argument',
      title: 'Password as an argument of a command that sets or takes one',
      confidence: 'medium',
      link: 'https://learn.microsoft.com/en-us/powershell/module/microsoft.powershell.security/convertto-securestring',
      definition: {
        anchors: [
          'htpasswd -',
          'net user ',
          'net use ',
          'ConvertTo-SecureString ',
          'gh secret set ',
          'put-parameter ',
          'unzip -P',
          'PsExec',
          'psexec',
          ' AUTH ',
        ],
        pattern: `(?:htpasswd -[a-zA-Z]{0,4}b[a-zA-Z]{0,4} [^\\s]{1,100} [^\\s]{1,64} {1,2}|net user (?:/add )?[\\w.-]{1,64} |net use ${REST}(?= ?\\S{0,60}/user:)|ConvertTo-SecureString (?:-String )?(?=["'])|gh secret set ${REST}(?<= )(?:--body|-b)[ =]{1,2}|put-parameter (?=[^\\n]{0,200}SecureString)${REST}--value[ =]{1,2}|unzip -P ?|(?:PsExec|psexec)(?:64)?(?:\\.exe)? ${REST}(?<= )-p |(?<=>) AUTH (?:default )?)${SECRET}`,
        rightBoundary: 'none',
      },
      validate: (secret) => isPassword(secret) && isOpaque(secret),
      examples: [
        'htpasswd -b .htpasswd me <<{{base62:12}}>>',
        'net user me <<{{base62:12}}>> /add',
        'ConvertTo-SecureString "<<{{base62:12}}>>" -AsPlainText -Force',
        'gh secret set DEPLOY_KEY --body "<<{{base62:30}}>>"',
        "aws ssm put-parameter --name /db --type SecureString --value '<<{{base62:18}}>>'",
        'redis> AUTH <<{{base62:24}}>>',
      ],
      nonExamples: [
        'net user me * /add',
        'net user guest /active:no',
        'ConvertTo-SecureString "<password>" -AsPlainText',
        'gh secret set FOO --body "$FOO"',
      ],
    },
    {
      id: 'command-user-and-password',
      title: 'Password in a call that takes a user and a password',
      confidence: 'medium',
      link: 'https://requests.readthedocs.io/en/latest/user/authentication/',
      definition: {
        anchors: [
          'auth=(',
          'HTTPBasicAuth(',
          'BasicAuth(',
          'basic_auth(',
          'basicAuth(',
          'btoa(',
          'auth: [',
          'psk="',
          "psk='",
        ],
        pattern: `(?:(?:auth=|(?:HTTP)?[bB]asic_?[aA]uth)\\(|auth: \\[|btoa\\(|psk=)(?:(?<=psk=)["']|(?<=btoa\\()["'\`][\\w.@+-]{1,64}:|["'][\\w.@+-]{1,64}["'], {0,2}["'])(?<secret>[^${STOPS}]{4,128})(?=["'\`])`,
        rightBoundary: 'none',
      },
      validate: (secret) => isPassword(secret) && isOpaque(secret),
      examples: [
        'requests.get(url, auth=("me", "<<{{base62:14}}>>"))',
        "'Basic ' + btoa('me:<<{{base62:14}}>>')",
        'network={ ssid="x" psk="<<{{base62:12}}>>" }',
      ],
      nonExamples: ['auth=("user", "pass")', "btoa('user:password')", 'auth=(username, password)'],
    },
  ],
)
