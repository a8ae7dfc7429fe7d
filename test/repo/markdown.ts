import { readFileSync } from 'node:fs'

export interface Block {
  readonly language: string
  readonly code: string
  readonly line: number
}

/** The fenced blocks of a Markdown file. */
export function blocksOf(file: string): Block[] {
  const text = readFileSync(file, 'utf8')
  return [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map((match) => ({
    language: match[1]!,
    code: match[2]!,
    line: text.slice(0, match.index).split('\n').length,
  }))
}
