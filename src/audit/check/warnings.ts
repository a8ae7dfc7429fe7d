import type { AuditWarning } from '../report.js'

/** What may go wrong with a part of the input, in words; `unread` when something that should have been read was not. */
const KINDS = {
  'path-missing': { text: 'there is no such file or directory', unread: true },
  'file-unreadable': { text: 'could not be read', unread: true },
  'file-truncated': { text: 'compressed data ends too early; read up to there, and as it stands', unread: true },
  'file-corrupt': { text: 'compressed data is damaged; read up to there, and as it stands', unread: true },
  'file-bomb': { text: 'decompresses to far more than is plausible; read in part', unread: true },
  'index-unmerged': { text: 'has a merge conflict, and is not staged', unread: true },
  'blob-missing': { text: 'its content is not in this clone', unread: true },
  'file-vanished': { text: 'was gone before it was read', unread: false },
  'not-a-file': { text: 'is no regular file, and was not read', unread: false },
  'symlink-not-followed': { text: 'is a symbolic link inside a directory, and was not followed', unread: false },
  'submodule-not-read': { text: 'is a submodule: a repository of its own, to be checked by itself', unread: false },
  'archive-not-opened': { text: 'is an archive of a kind that is not opened; read as it stands', unread: false },
  'json-as-text': { text: 'is no JSON, or too large or deep for it; read as text', unread: false },
  'allow-comment-invalid': {
    text: 'is no allow comment: write "secret-safe: allow <rule-id> -- <reason>"; it allows nothing',
    unread: false,
  },
  'allow-comment-unused': { text: 'allows nothing that was found; take it out', unread: false },
  'baseline-stale': {
    text: 'stands in the baseline and was not found; take it out with --update-baseline',
    unread: false,
  },
  'ignore-unknown': { text: 'git could not say what is ignored here; everything was read', unread: false },
  'no-merge-base': { text: 'shares no history with HEAD; compared with it directly', unread: false },
} as const satisfies Record<string, { readonly text: string; readonly unread: boolean }>

export type WarningCode = keyof typeof KINDS

const MAX_NAMES = 5

/** Counts what was not read, or not as meant. Nothing is passed over in silence. */
export class Warnings {
  readonly #byCode = new Map<WarningCode, { count: number; readonly names: string[] }>()

  add(code: WarningCode, name: string): void {
    const entry = this.#byCode.get(code) ?? { count: 0, names: [] }
    this.#byCode.set(code, entry)
    entry.count++
    if (entry.names.length < MAX_NAMES) entry.names.push(name)
  }

  /** Parts that should have been read and were not, or not wholly. */
  get unreadCount(): number {
    return [...this.#byCode].reduce((sum, [code, { count }]) => sum + (KINDS[code].unread ? count : 0), 0)
  }

  /** @param shown makes a name harmless. */
  list(shown: (name: string) => string): AuditWarning[] {
    return [...this.#byCode].map(([code, { count, names }]) => {
      const more = count > names.length ? ` and ${count - names.length} more` : ''
      return { code, message: `${names.map(shown).join(', ')}${more}: ${KINDS[code].text}.`, source: 0, count }
    })
  }
}

/** Thrown while a file is read: which warning it is. What was read before stays read. */
export class UnreadError extends Error {
  constructor(readonly warning: WarningCode) {
    super(warning)
  }
}
