import { defineRules } from '../define.js'
import { isOpaque } from './values.js'
import { NAME } from './variables.js'

const CONTENT = '(?<secret>[^\\s<>"\'&]{8,256})'
/** As it stands, and in JSON. */
const ATTRIBUTE = '\\\\{0,3}["]'
const QUOTE = '(?:&quot;|&#0?34;|&#x22;|&apos;|&#0?39;|&#x27;)'

/** Credentials in HTML and XML whose name is another element's text, an attribute, or written with entities. */
export const markup = defineRules(
  { provider: 'generic', link: 'https://developer.mozilla.org/en-US/docs/Glossary/Character_reference' },
  [
    {
      id: 'markup-named-element',
      title: 'Credential in an element whose attribute names it',
      confidence: 'medium',
      link: 'https://developer.android.com/guide/topics/resources/string-resource',
      definition: {
        anchors: ['name="', 'key="', 'Name="', 'Key="'],
        pattern: `(?:[nN]ame|[kK]ey)=${ATTRIBUTE}${NAME}${ATTRIBUTE}(?: [a-z]{1,20}=${ATTRIBUTE}[^"<>\\\\]{0,20}${ATTRIBUTE})?>\\s{0,8}(?:<value>)?${CONTENT}(?=\\s{0,8}<\\\\?/)`,
        rightBoundary: 'none',
      },
      validate: isOpaque,
      examples: [
        '<string name="billing_api_key"><<{{hex:40}}>></string>',
        '<entry key="db.password"><<{{base62:14}}>></entry>',
      ],
      nonExamples: [
        '<string name="api_key_hint">Enter your key</string>',
        '<string name="public_key">{{hex:40}}</string>',
      ],
    },
    {
      id: 'markup-next-element',
      title: 'Credential in the element behind the one that names it',
      confidence: 'medium',
      link: 'https://developer.apple.com/library/archive/documentation/Cocoa/Conceptual/PropertyLists/UnderstandXMLPlist/UnderstandXMLPlist.html',
      definition: {
        anchors: ['</key>', '</td>', '</th>', '</dt>', '</label>'],
        pattern: `(?<=>\\s{0,8}${NAME}:?)(?:</code>)?</(?:key|td|th|dt|label)>\\s{0,40}<(?:string|td|dd|span|code)(?: [^<>]{0,80})?>\\s{0,8}(?:<code>)?${CONTENT}(?=\\s{0,8}</)`,
        leftBoundary: 'none',
        rightBoundary: 'none',
      },
      validate: isOpaque,
      examples: [
        '<key>API_KEY</key>\n<string><<{{hex:40}}>></string>',
        '<tr><td>SERVICE_TOKEN</td><td><<{{base62:32}}>></td></tr>',
      ],
      nonExamples: ['<td>Token</td><td>required</td>', '<key>CFBundleName</key><string>{{hex:40}}</string>'],
    },
    {
      id: 'markup-entities',
      title: 'Credential in an assignment that is written with character references',
      confidence: 'medium',
      definition: {
        anchors: [
          '&quot;:',
          '&#34;:',
          '&#39;:',
          '&#x27;:',
          '=&quot;',
          '=&#34;',
          '=&#39;',
          '=&#x27;',
          '&#61;',
          '&#x3d;',
          '&#x3D;',
        ],
        pattern: `(?<=${NAME})(?:${QUOTE} {0,4}: {0,4}${QUOTE}|=${QUOTE}|&#(?:61|x3[dD]);${QUOTE}?)${CONTENT}(?=${QUOTE}|[\\s<&])`,
        leftBoundary: 'none',
        rightBoundary: 'none',
      },
      validate: isOpaque,
      examples: [
        '<pre>{&quot;apiKey&quot;: &quot;<<{{hex:40}}>>&quot;}</pre>',
        '<p>SERVICE_TOKEN&#61;<<{{base62:32}}>></p>',
        '<code>API_KEY=&#34;<<{{hex:40}}>>&#34;</code>',
      ],
      nonExamples: ['{&quot;password&quot;: &quot;required&quot;}', '<p>API_KEY&#61;your-api-key</p>'],
    },
  ],
)
