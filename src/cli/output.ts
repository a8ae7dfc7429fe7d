import { styleText } from 'node:util'
import { stockDetector } from '../config/stock-detector.js'
import { SecretSafeError } from '../errors.js'

/** 1 is for findings: the command did its work, and a person should look at what it found. */
export const EXIT = { ok: 0, findings: 1, failure: 2 } as const

type Format = Parameters<typeof styleText>[0]

/** `styleText` of Node 20 knows neither NO_COLOR nor whether anyone is looking. */
export function style(format: Format, text: string, stream: NodeJS.WriteStream = process.stdout): string {
  const plain = !stream.isTTY || (process.env.NO_COLOR ?? '') !== '' || process.env.TERM === 'dumb'
  return plain ? text : styleText(format, text)
}

export function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** One line on stderr: what happened and its code; never a stack, an address or a secret. */
export function printError(error: unknown): void {
  const [message, code] = describe(error)
  const mark = style('red', 'secret-safe:', process.stderr)
  process.stderr.write(`${mark} ${clean(message)}${code === undefined ? '' : ` (${code})`}\n`)
}

function describe(error: unknown): [message: string, code: string | undefined] {
  if (error instanceof SecretSafeError) return [error.message, error.code]
  if (isUsageError(error))
    return [`${error.message.replace(/^error: /, '').replace(/\.?$/, '.')} Try --help.`, undefined]
  const name = error instanceof Error && /^\w{1,64}$/.test(error.name) ? error.name : 'something'
  return [`unexpectedly failed with ${name}.`, codeOf(error)]
}

/** Commander's own; its messages quote what was typed. */
export function isUsageError(error: unknown): error is Error & { readonly code: string } {
  return codeOf(error)?.startsWith('commander.') === true && error instanceof Error
}

function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : undefined
}

/** An option's value or an address may have been typed in the wrong place. */
function clean(message: string): string {
  let text = message
    .replace(/\s*\n\s*/g, ' ')
    .replace(/'(-[^'=]*)=[^']*'/g, "'$1'")
    .replace(/[a-z][a-z0-9+.-]*:\/\/[^\s']+/gi, '[address]')
  for (const { start, end } of stockDetector().scanText(text).reverse()) {
    text = `${text.slice(0, start)}[redacted]${text.slice(end)}`
  }
  return text
}
