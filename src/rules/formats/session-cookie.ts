import { defineRules } from '../define.js'
import { isOpaque } from './values.js'

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Cookies that frameworks open a session with, wherever they stand: headers, scripts, a jar, a URL. */
export const sessionCookie = defineRules(
  { provider: 'Session cookie', link: 'https://www.rfc-editor.org/rfc/rfc6265#section-8.4' },
  [
    {
      id: 'session-cookie',
      title: 'Session id in a cookie of a web framework',
      confidence: 'medium',
      definition: {
        anchors: [
          ...[
            'PHPSESSID=',
            'JSESSIONID=',
            'sessionid=',
            'connect.sid=',
            'ASP.NET_SessionId=',
            '_session=',
            '.ASPXAUTH=',
          ],
          ...['ASPSESSIONID', '.AspNetCore.', 'wordpress_logged_in_', '-session-token=', 'session-id='],
        ],
        caseInsensitive: true,
        pattern:
          '(?:PHPSESSID|JSESSIONID|sessionid|connect\\.sid|ASP\\.NET_SessionId|_session|\\.ASPXAUTH|ASPSESSIONID[A-Z]{8}|\\.AspNetCore\\.[\\w.]{1,40}|wordpress_logged_in_[0-9a-f]{32}|-session-token)=["\']?(?<secret>[A-Za-z0-9%._~:!+/|-]{16,4096}={0,2})',
        leftBoundary: 'none',
        maxLength: 4200,
      },
      validate: (secret) => isOpaque(secret) && !UUID.test(secret),
      examples: [
        'Cookie: theme=dark; PHPSESSID=<<{{lower36:26}}>>; lang=en',
        'Cookie: JSESSIONID=<<{{upper16:32}}>>; lang=en',
        'Set-Cookie: sessionid=<<{{lower36:32}}>>; HttpOnly; Path=/',
        'connect.sid=<<s%3A{{base62:32}}.{{base62:43}}>>',
      ],
      nonExamples: ['sessionid={{uuid}}', 'PHPSESSID=deleted'],
    },
  ],
)
