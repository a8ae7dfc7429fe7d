import { rewrite } from '../../detect/rewrite.js'
import { InputError } from '../../errors.js'
import { KEEP_VISITOR } from '../../saver/walk.js'

/** Answers with what takes a text's place; `encode` is how a value is written where the text stands. */
export type MapText = (text: string, encode: (value: string) => string) => string

/** A request as `fetch` takes it. */
export interface Request {
  readonly url: URL
  readonly init: RequestInit
}

const BASIC = /^Basic ([A-Za-z0-9+/]+={0,2})$/i
const FORM = 'application/x-www-form-urlencoded'
const asIs = (value: string): string => value

/**
 * Maps every text of a request: path and query, headers, credentials of Basic, a body of text, JSON or a form. A body of bytes or
 * a stream is left alone.
 * @throws InputError for an address that is none.
 */
export function mapRequest({ url, init }: Request, map: MapText): Request {
  const next = new URL(url)
  const path = map(url.pathname, encodeURIComponent)
  if (path !== url.pathname) next.pathname = path
  const query = mapPairs(url.searchParams, map)
  if (query.toString() !== url.searchParams.toString()) next.search = query.toString()
  const headers = new Headers()
  for (const [name, value] of new Headers(init.headers)) headers.append(name, mapHeader(value, map))
  const body = mapBody(init.body, headers.get('content-type') ?? '', map)
  return { url: next, init: { ...init, headers, ...(body !== undefined && { body }) } }
}

/** @throws InputError */
export function parseAddress(input: string | URL): URL {
  if (URL.canParse(String(input))) return new URL(input)
  throw new InputError('A request needs an absolute address, such as https://api.example.com/path.')
}

function mapHeader(value: string, map: MapText): string {
  const basic = BASIC.exec(value)?.[1]
  if (basic === undefined) return map(value, asIs)
  const given = Buffer.from(basic, 'base64').toString()
  const mapped = map(given, asIs)
  return mapped === given ? value : `Basic ${Buffer.from(mapped).toString('base64')}`
}

function mapBody(body: RequestInit['body'], type: string, map: MapText): RequestInit['body'] {
  if (body instanceof URLSearchParams) return mapPairs(body, map)
  if (body instanceof FormData) return mapForm(body, map)
  if (typeof body !== 'string') return body
  if (type.startsWith(FORM)) return mapPairs(new URLSearchParams(body), map).toString()
  const json = parseJson(body)
  if (json === undefined) return map(body, asIs)
  const text = (each: string) => map(each, asIs)
  const mapped = rewrite(json, { ...KEEP_VISITOR, text, key: text })
  return mapped === json ? body : JSON.stringify(mapped)
}

function mapPairs(pairs: URLSearchParams, map: MapText): URLSearchParams {
  return new URLSearchParams([...pairs].map(([name, value]): [string, string] => [map(name, asIs), map(value, asIs)]))
}

function mapForm(form: FormData, map: MapText): FormData {
  const mapped = new FormData()
  for (const [name, value] of form) mapped.append(name, typeof value === 'string' ? map(value, asIs) : value)
  return mapped
}

/** Objects, arrays and strings only: any other text is sent as it is written. */
function parseJson(text: string): unknown {
  if (!/^\s*[[{"]/.test(text)) return undefined
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
