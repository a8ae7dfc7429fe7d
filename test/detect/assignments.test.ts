import { describe, expect, it } from 'vitest'
import { Scanner } from '../../src/detect/scanner.js'

const scanner = new Scanner([])
const found = (text: string, key?: string) => scanner.scan(text, { key }).map((hit) => text.slice(hit.start, hit.end))

describe('a value under a credential name in text', () => {
  it.each<[string, string, string]>([
    ['JSON', '{"access_token":"opaque-value-1","n":1}', 'opaque-value-1'],
    ['JSON with spaces', '{ "password" : "swordfish" }', 'swordfish'],
    ['a Python dict', "{'client_secret': 'ab12cd34ef56'}", 'ab12cd34ef56'],
    ['a value with quotes in it', '{"password":"ab\\"cd12"}', 'ab\\"cd12'],
    ['JSON in JSON', JSON.stringify({ c: JSON.stringify({ api_key: 'k3y-v4lue' }) }), 'k3y-v4lue'],
    ['JSON that was cut off', '{"access_token":"opaque-value-1', 'opaque-value-1'],
    ['.env', 'A=1\nDB_PASSWORD=swordfish\n', 'swordfish'],
    ['.env with punctuation', 'A=1\nDB_PASSWORD=a&b;c,d#e\n', 'a&b;c,d#e'],
    ['export', 'export API_KEY=abcdef12', 'abcdef12'],
    ['PowerShell', '$env:API_KEY="abcdef12"', 'abcdef12'],
    ['YAML', 'db:\n  password: hunter2\n  port: 1', 'hunter2'],
    ['INI', 'password = hunter2\n', 'hunter2'],
    ['URL query', 'https://h/p?api_key=abcdef123456&x=1', 'abcdef123456'],
    ['URL fragment', 'https://h/cb#access_token=abcdef123456&state=1', 'abcdef123456'],
    ['header with a scheme', 'Authorization: Bearer abcdef123456ghi\r\nHost: h', 'abcdef123456ghi'],
    ['header', 'x-api-key: abcdef123456', 'abcdef123456'],
    ['curl', `curl -H 'x-api-key: abcdef123456' https://h`, 'abcdef123456'],
    ['cookies', 'Cookie: a=b; session=abc123\r\n', 'abc123'],
    ['a command option', 'tool --password hunter2 --verbose', 'hunter2'],
    ['a command option with =', 'tool --api-key=abcdef123456 --verbose', 'abcdef123456'],
    ['markup', '<password>hunter2</password>', 'hunter2'],
    ['an ADO connection string', 'Server=db;User Id=sa;Password=S3cret-9;Encrypt=yes', 'S3cret-9'],
    ['.npmrc', '//registry.npmjs.org/:_authToken=abcdef123456', 'abcdef123456'],
    ['prose with a full stop', 'the api_key: abcdef123456.', 'abcdef123456'],
    ['.env with a sign that ends a person’s password', 'A=1\nDB_PASSWORD=Winter2024!\nB=2', 'Winter2024!'],
    ['.env with a number sign, which begins no comment without a space', 'DB_PASSWORD=dragon2974#\n', 'dragon2974#'],
    ['.env with a comment', 'DB_PASSWORD=dragon2974 # rotate\n', 'dragon2974'],
    ['a log line', 'INFO smtp_password=qyR#NwnQoaJf19! retries=3', 'qyR#NwnQoaJf19!'],
    ['a properties file, whose names have parts', 'a=1\napp.stripe.api.key=abcdef123456\n', 'abcdef123456'],
    ['a properties file, letters alone', 'a=1\nspring.datasource.password=TXjEmfueUVjG\n', 'TXjEmfueUVjG'],
    ['a label in Markdown, with a number sign', '- **SMTP_PASSWORD:** M6C#8ch9xXiV24', 'M6C#8ch9xXiV24'],
    ['a URL with a fragment', 'https://h/p?api_key=abcdef123456#top', 'abcdef123456'],
    ['quotes of its own', 'field("API_KEY", "\\"abcdef123456\\"")', 'abcdef123456'],
    ['markup, with a sign before its end', '<password>purple5391!</password>', 'purple5391!'],
    ['a label with a sign at the end of its line', '- **DB_PASSWORD:** London4135!\nnext', 'London4135!'],
    ['the last line of a text in JSON', '{"content":"A=1\\nDB_PASSWORD=KZOgotvFYV"}', 'KZOgotvFYV'],
    ['a list of variables in JSON', '{"env":["A=1","DB_PASSWORD=KZOgotvFYV"]}', 'KZOgotvFYV'],
    ['a verbatim string of C# in JSON', '{"code":"var apiKey = @\\"abcdef123456\\";"}', 'abcdef123456'],
    ['a verbatim string of C#', 'var apiKey = @"abcdef123456";', 'abcdef123456'],
    ['a raw string of Python', "password = r'hunter2'", 'hunter2'],
    ['a reference type of Rust', 'let api_key: &str = "abcdef123456";', 'abcdef123456'],
    ['a parameter store', '{"Name":"/prod/db/password","Type":"SecureString","Value":"abcdef123456"}', 'abcdef123456'],
    ['a subscript', 'config["api_key"] = "abcdef123456"', 'abcdef123456'],
  ])('is found in %s', (_, text, secret) => expect(found(text)).toEqual([secret]))

  it.each([
    // Shown in part.
    'api_key=sk-ant-api03-...',
    'token: ghp_Ab12…',
    // Code, and where it is to be had.
    '{"password":"getPassword()"}',
    "password: ':password'",
    '{"password":"see vault"}',
    '{"password":"in 1Password"}',
    'Passwort: erforderlich',
    '["username","password","auth"]',
    'the password is strong, the token budget is 4000',
    'token: string; password: str = Field(...)',
    'const token = await getToken()',
    'const apiKey = config.apiKey',
    'resultingToken = startedWithBacktick ? 15 : 16;',
    'let accessToken = this.session.accessToken;',
    'api_key=os.environ["API_KEY"]',
    '"max_tokens": 4096, "token_type": "Bearer"',
    '{"password":"The password of the user"}',
    'Authorization: Bearer <token>',
    'password: ********',
    '{"token":"understanding"}',
    '{"api_key":"claim://v/v1/k/abcdefgh12345678.abcdefgh12345678"}',
  ])('is not seen in %s', (text) => expect(found(text)).toEqual([]))
})

describe('a value under a credential name in state', () => {
  it.each<[string, string, string]>([
    ['password', 'hunter2', 'hunter2'],
    ['authorization', 'Bearer abc123def456', 'abc123def456'],
    ['Authorization', 'Basic dXNlcjpodW50ZXIy', 'dXNlcjpodW50ZXIy'],
    ['client_secret', '6f1e9a52-7d0a-4f0e-8f4b-2b1c7f1a9d33', '6f1e9a52-7d0a-4f0e-8f4b-2b1c7f1a9d33'],
    ['cookie', 'a=b; session=abc123', 'abc123'],
    ['api_key', '  abcdefgh12  ', 'abcdefgh12'],
  ])('%s: %j', (key, text, secret) => expect(found(text, key)).toEqual([secret]))

  it.each<[string, string]>([
    ['password', ''],
    ['password', 'Password'],
    ['token', 'understanding'],
    ['token', ' world'],
    ['credentials', 'same-origin'],
    ['api_key', 'short'],
    ['access_token', 'https://example.com/oauth/token'],
    ['name', 'abcdefgh12345678'],
  ])('%s: %j is none', (key, text) => expect(found(text, key)).toEqual([]))

  it('depends on the name only where isContextual says so', () => {
    expect(scanner.isContextual('db_password')).toBe(true)
    expect(scanner.isContextual('content')).toBe(false)
  })
})
