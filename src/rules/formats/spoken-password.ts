import { isPlaceholder, looksOpaque, looksRandom, looksScattered } from '../../detect/placeholder.js'
import { defineRules } from '../define.js'

/** In the languages that people type to an agent in. */
const PASSWORDS =
  'pass ?word|passwd|passwort|kennwort|passcode|passphrase|contrase(?:ñ|n)a|mot de passe|senha|wachtwoord|has(?:ł|l)o|heslo|parola'
const KEYS =
  'api key|api-key|apikey|access token|auth token|bearer token|client secret|secret key|access key|private key|app key|application key|admin key|master key|signing key|encryption key|token|secret|clé api|clave api|clave de api|chave de api|chave api'
const VERBS = 'is|was|lautet|ist|es|est|é|è|to|are|now|je|jest'
const FOR = '(?: (?:for|of|to|für|pour|para)(?: the| my| your| our)? [\\w@.-]{1,40})?'
const IS = `${FOR}(?: (?:${VERBS})(?: ?:)?| ?[:：]\\s| [–—-])(?: now)? {0,2}`
const OPEN = '["\'`*“«‘]{0,2} {0,1}'

/** Each a literal of two words: one alone stands in every other text. */
const words = (names: readonly string[], verbs: readonly string[]): string[] =>
  names.flatMap((name) => verbs.map((verb) => `${name} ${verb}`))

/** Code, a number, a compound such as `base64-encoded`. */
const NOT_SPOKEN =
  /^[A-Za-z_$.]+\d{0,3}[({=]|^\W*\d+\W*$|^[a-z]+\d*(?:[-_/.][a-z]+\d*)+$|^\d+-[a-z]+$|^(?:utf-?8|b?crypt|sha-?\d|md5|aes-?\d|base64|argon2|pbkdf2|p[4a]ssw[0o]rd)[-_]?\S*$/i
const unpunctuated = '(?<![.,;:!?)\\]}>*])'
/** As `unpunctuated`; people like to end a password with an exclamation mark, and hardly this sentence. */
const punctuatedPassword = '(?<![.,;:?)\\]}>]|\\*\\*)(?!\\*(?!\\*))'
/** In JSON a line ends at an escape. */
const VALUE = `(?<secret>(?:[^\\s"'\`<>“”«»‘’，。；\\\\]|\\\\(?![nrt"'\\\\])){6,128}${punctuatedPassword})`

/** A sentence goes on with words, so the value must not be one. */
const isSpoken = (secret: string): boolean =>
  ((looksOpaque(secret) && /\d/.test(secret)) || looksScattered(secret)) &&
  !isPlaceholder(secret) &&
  !NOT_SPOKEN.test(secret)

/** What people tell an agent: `the password is …`. */
export const spokenPassword = defineRules(
  { provider: 'generic', link: 'https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html' },
  [
    {
      id: 'spoken-password',
      title: 'Password that a sentence tells',
      confidence: 'medium',
      definition: {
        anchors: [
          ...words(
            ['password', 'passcode', 'passphrase', 'wachtwoord'],
            ['is ', 'was ', 'for ', 'to ', '– ', '— ', '- '],
          ),
          ...words(['passwort', 'kennwort'], ['ist', 'lautet', 'für', '– ', '- ', ': ']),
          ...words(['password', 'passwort'], ['è ', 'e: ']),
          ...[
            'password:\n',
            'contrase',
            'mot de passe ',
            'mot de passe:',
            'senha ',
            'hasło',
            'haslo ',
            'heslo ',
            'parola ',
          ],
        ],
        caseInsensitive: true,
        pattern: `(?:${PASSWORDS})${IS}${OPEN}${VALUE}`,
        rightBoundary: 'none',
      },
      validate: isSpoken,
      examples: [
        'the password is <<{{base62:12}}>>',
        'Das Passwort lautet <<{{base62:12}}>>',
        'Das Passwort lautet: <<{{base62:12}}>>',
        'Le mot de passe est : <<{{base62:12}}>>',
        'La contraseña: <<{{base62:12}}>>',
        'La password è <<{{base62:12}}>>',
        'Password – <<{{base62:12}}>>',
        'my password for wifi is <<{{base62:12}}>>',
      ],
      nonExamples: [
        'the password is required',
        'password is 12 characters',
        'the password is utf8mb4',
        'the password is SHA256-hashed',
        'Password is md5(user+salt1)',
        'The password is base64-encoded',
        'Password – at least 12 characters',
        'Le mot de passe est obligatoire',
      ],
    },
    {
      id: 'spoken-password-quoted',
      title: 'Password that a sentence quotes, or gives behind "with password"',
      confidence: 'medium',
      definition: {
        anchors: ['password "', "password '", 'password `', 'with password ', 'and password ', 'using password '],
        caseInsensitive: true,
        pattern: `(?:password (?=["'\`])|(?:with|and|using) password ):?${OPEN}${VALUE}`,
        rightBoundary: 'none',
      },
      validate: (secret) =>
        isSpoken(secret) && (/[A-Z].*\d|\d.*[A-Z]|[^A-Za-z0-9]|\d.*\d.*\d/.test(secret) || looksScattered(secret)),
      examples: [
        'log in as me@example.com with password <<{{base62:12}}>>',
        'Please use password "<<{{base62:12}}>>" to log in.',
      ],
      nonExamples: [
        'log in with password authentication',
        'a password "manager"',
        'with password 12 characters long',
        'and password reset2 flow',
      ],
    },
    {
      id: 'spoken-password-scripts',
      title: 'Password that a sentence tells, in other scripts than Latin',
      confidence: 'medium',
      definition: {
        anchors: [
          ...[
            'パスワード',
            '비밀번호',
            'ароль',
            'ароля',
            'كلمة المرور',
            'كلمة السر',
            'पासवर्ड',
            'סיסמה',
            'รหัสผ่าน',
            'ật khẩu',
          ],
          ...['şifre', 'κωδικός', 'κωδικος'],
          // Words of two characters, with what follows them.
          ...['密码', '密碼', '口令', '암호'].flatMap((word) =>
            ['是', '为', '為', '：', ':', ': ', '는', ' '].map((sign) => word + sign),
          ),
        ],
        before: 1,
        pattern:
          '(?:パスワード|密[码碼]|口令|비밀번호|암호|[Пп]арол[ья]|كلمة (?:المرور|السر)|पासवर्ड|ה?סיסמה|รหัสผ่าน|[Mm]ật khẩu|şifre|κωδικός) {0,1}(?:は|是|为|為|는|은|هي|है|हैं|היא|คือ|là|είναι|это)? ?(?:[:：–—-] ?)?' +
          `["'\`「『“«]{0,1}(?<secret>[!#-&(-;=?-\\[\\]-_a-~]{6,128}${punctuatedPassword})`,
        leftBoundary: 'none',
        rightBoundary: 'none',
      },
      validate: isSpoken,
      examples: [
        'パスワードは <<{{base62:12}}>> です',
        '密码是<<{{base62:12}}>>。',
        '비밀번호: <<{{base62:12}}>>',
        'Пароль: <<{{base62:12}}>>',
        'Mật khẩu là <<{{base62:12}}>>',
        'كلمة المرور هي <<{{base62:12}}>>',
      ],
      nonExamples: ['パスワードは8文字以上', '密码：必填', 'Пароль: обязательно', 'пароль 12345678'],
    },
    {
      id: 'spoken-password-behind-user',
      title: 'Password behind a user, on a line that announces both',
      confidence: 'medium',
      definition: {
        anchors: ['user/pass', 'username/pass', 'login/pass', 'user / pass', 'username / pass', 'login / pass'],
        caseInsensitive: true,
        pattern: `(?:user(?:name)?|login) ?/ ?pass(?:word)?\\)?(?: is| are)?:? {1,2}["'\`*]{0,2}[\\w.@+-]{2,64}["'\`*]{0,2} ?[/:] ?["'\`*]{0,2}${VALUE}`,
        rightBoundary: 'none',
      },
      validate: isSpoken,
      examples: ['Credentials (user/password): me / <<{{base62:12}}>>'],
      nonExamples: ['user/password combination', 'user/password: see / vault'],
    },
    {
      id: 'spoken-api-key',
      title: 'Key or token that a sentence tells',
      confidence: 'medium',
      definition: {
        anchors: [
          ...words(
            ['api key', 'api-key', 'apikey', 'token', 'secret', 'secret key', 'access key', 'private key', 'app key'],
            ['is ', 'was ', 'for ', 'to '],
          ),
          ...words(['admin key', 'master key', 'signing key', 'encryption key'], ['is ', 'was ']),
          ...['clé api ', 'clave api ', 'chave api '],
          ...['clave de api ', 'chave de api '],
        ],
        caseInsensitive: true,
        pattern: `(?<!(?:page|continuation|sync|cancel|cancellation|next|pagination|resume|csrf) )(?:${KEYS})${IS}${OPEN}(?<secret>(?![a-z]{2,8}://)[A-Za-z0-9._~+/=:-]{20,512}${unpunctuated})`,
      },
      validate: (secret) => looksRandom(secret, 20) && !isPlaceholder(secret),
      examples: [
        'my API key is <<{{base62:32}}>>',
        'the token for staging is <<{{hex:40}}>>',
        "The wallet's private key is <<0x{{hex:64}}>>, keep it safe.",
      ],
      nonExamples: [
        'the next page token is {{base64url:40}}',
        'the cancel token is {{uuid}}',
        'the token is sent to the server',
        'my api key is your-api-key-goes-here-now',
      ],
    },
    {
      id: 'spoken-api-key-german',
      title: 'Key that a German sentence tells',
      confidence: 'medium',
      definition: {
        // `Cohere-API-Schlüssel`: it may begin within a word.
        anchors: ['üssel ist ', 'üssel lautet', 'üssel: '],
        before: 4,
        pattern: `[Ss]chlüssel(?: ist| lautet)?:? {1,2}${OPEN}(?<secret>(?![a-z]{2,8}://)[A-Za-z0-9._~+/=:-]{20,512}${unpunctuated})`,
        leftBoundary: 'none',
      },
      validate: (secret) => looksRandom(secret, 20) && !isPlaceholder(secret),
      examples: ['Der Cohere-API-Schlüssel lautet <<{{base62:32}}>>', 'API-Schlüssel: <<{{hex:40}}>>'],
      nonExamples: ['Der Schlüssel ist unter der Fußmatte', 'Schlüssel: siehe-handbuch-seite-zwölf'],
    },
    {
      id: 'spoken-api-key-quoted',
      title: 'Key or token that a sentence quotes',
      confidence: 'medium',
      definition: {
        anchors: ['key "', "key '", 'key `', 'token "', "token '", 'token `'],
        caseInsensitive: true,
        pattern: `(?<=(?:api[ -]|secret |access |auth |bearer ))(?:key|token) ${'["\'`]'}(?<secret>[A-Za-z0-9._~+/=:-]{20,512})(?=["'\`])`,
        rightBoundary: 'none',
      },
      validate: (secret) => looksRandom(secret, 20) && !isPlaceholder(secret),
      examples: ["invalid API key '<<{{hex:32}}>>' (status 401)"],
      nonExamples: ["primary key '{{hex:32}}'", 'API key "your-api-key-goes-here-now"'],
    },
  ],
)
