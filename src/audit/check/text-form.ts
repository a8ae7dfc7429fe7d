import { isUtf8 } from 'node:buffer'
import { detectWidth } from '../../detect/byte-text.js'

/** How bytes are read as text, and how many of them a piece of that text stands for. */
export interface TextForm {
  readonly name: 'utf-8' | 'utf-16le' | 'utf-16be' | 'bytes'
  bytesOf(text: string): number
}

const FORMS = {
  'utf-8': { name: 'utf-8', bytesOf: (text) => Buffer.byteLength(text, 'utf8') },
  'utf-16le': { name: 'utf-16le', bytesOf: (text) => text.length * 2 },
  'utf-16be': { name: 'utf-16be', bytesOf: (text) => text.length * 2 },
  // windows-1252: one character for each byte.
  bytes: { name: 'bytes', bytesOf: (text) => text.length },
} as const satisfies Readonly<Record<TextForm['name'], TextForm>>

/** By the first bytes: UTF-16 with or without its mark; else UTF-8 until bytes say otherwise. */
export function textFormOf(head: Uint8Array): TextForm {
  if (head[0] === 0xff && head[1] === 0xfe) return FORMS['utf-16le']
  if (head[0] === 0xfe && head[1] === 0xff) return FORMS['utf-16be']
  const width = detectWidth(head)
  return FORMS[width === 'narrow' ? 'utf-8' : width]
}

export interface TextChunk {
  readonly text: string
  readonly form: TextForm
}

/**
 * Decodes a file chunk by chunk; marks stay, so that offsets are those of the file. A chunk that is no UTF-8 is read byte
 * by byte, and that chunk alone: a dump holds text beside what is none.
 */
export class TextReader {
  readonly #form: TextForm
  readonly #decoder: InstanceType<typeof TextDecoder>
  readonly #bytes = new TextDecoder('latin1')
  #carry: Uint8Array = new Uint8Array(0)

  constructor(form: TextForm) {
    this.#form = form
    this.#decoder = new TextDecoder(form.name === 'bytes' ? 'latin1' : form.name, { ignoreBOM: true })
  }

  read(chunk: Uint8Array): TextChunk {
    if (this.#form.name !== 'utf-8') return { text: this.#decoder.decode(chunk, { stream: true }), form: this.#form }
    const bytes = this.#carry.length === 0 ? chunk : Buffer.concat([this.#carry, chunk])
    const cut = bytes.length - cutLength(bytes)
    this.#carry = bytes.slice(cut)
    return this.#decode(bytes.subarray(0, cut))
  }

  end(): TextChunk {
    return this.#form.name === 'utf-8' ? this.#decode(this.#carry) : { text: this.#decoder.decode(), form: this.#form }
  }

  #decode(bytes: Uint8Array): TextChunk {
    return isUtf8(bytes)
      ? { text: this.#decoder.decode(bytes), form: FORMS['utf-8'] }
      : { text: this.#bytes.decode(bytes), form: FORMS.bytes }
  }
}

/** How many bytes at the end begin a character that the next chunk goes on with. */
function cutLength(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0
    if (byte < 0x80) return 0
  }
  return 0
}
