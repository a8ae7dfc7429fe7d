import type { StoredText } from '../row.js'

/** What no one decodes, as it is. */
export async function* readText(
  chunks: AsyncIterable<Uint8Array>,
  file: string,
): AsyncGenerator<readonly StoredText[]> {
  for await (const chunk of chunks) yield [{ type: 'text', stream: { file }, chunk, isLast: false }]
  yield [{ type: 'text', stream: { file }, chunk: new Uint8Array(0), isLast: true }]
}
