import type { Confidence, Encoding, RuleAction, SecretKind, Severity } from '../detect-entry.js'

/** Changes only by a new number; a reader should refuse what it does not know. */
export const REPORT_SCHEMA = 'langgraph-secret-safe/report@1'

/** What `audit`, `check` and `fix` found. Holds no secret and no part of one but its public prefix. */
export interface AuditReport {
  readonly schema: typeof REPORT_SCHEMA
  readonly tool: { readonly name: 'langgraph-secret-safe'; readonly version: string; readonly rules: number }
  readonly command: 'audit' | 'check' | 'fix'
  /** Ms since the epoch. */
  readonly startedAt: number
  readonly endedAt: number
  /** False when only a part was read: interrupted, sampled, or cut off by an error. */
  readonly complete: boolean
  readonly sources: readonly SourceSummary[]
  readonly summary: ReportSummary
  /** What to rotate first comes first: by severity, then by exposure. */
  readonly secrets: readonly SecretSummary[]
  readonly warnings: readonly AuditWarning[]
}

export interface SourceSummary {
  /** As it may be shown: an address without user and password, or a path. */
  readonly name: string
  readonly kind: 'postgres' | 'sqlite' | 'mongodb' | 'redis' | 'dev-server' | 'pg-dump' | 'sql-dump' | 'file'
  /** Which layout was met, such as `langgraph-js postgres` or `langgraph-py sqlite`; null for plain text. */
  readonly layout: string | null
  readonly rows: number
  readonly bytes: number
  readonly threads: number
  readonly checkpoints: number
  /** Rows or parts that could not be read or decoded; each kind has a warning. */
  readonly unreadable: number
}

export interface ReportSummary {
  readonly secrets: number
  readonly copies: number
  readonly threads: number
  readonly checkpoints: number
  readonly bySeverity: Readonly<Record<Severity, number>>
  /** Findings that the configuration lets stay. */
  readonly allowed: number
}

/** One secret, however many rows hold it. */
export interface SecretSummary {
  /** Keyed fingerprint, the same for the same secret within this report (or within a baseline); it guesses nothing. */
  readonly id: string
  readonly ruleId: string
  readonly provider: string
  readonly title: string
  readonly kind: SecretKind
  readonly severity: Severity
  readonly confidence: Confidence
  readonly action: RuleAction
  /** What every secret of its rule begins with, such as `ghp_`; empty where that is nothing. */
  readonly prefix: string
  /** UTF-16 units of the decoded secret. */
  readonly length: number
  /** Ms since the epoch, of the checkpoints that hold it; null where no row says. */
  readonly firstSeen: number | null
  readonly lastSeen: number | null
  readonly threads: number
  readonly checkpoints: number
  /** How often it stands anywhere. */
  readonly copies: number
  /** The provider's page where it is rotated or described. */
  readonly rotateAt: string
  /** Who is named as owner or user in the metadata of its checkpoints. */
  readonly owners: readonly string[]
  /** The first of them, at most 100. */
  readonly places: readonly Place[]
  readonly placesOmitted: number
}

export type PlaceKind = 'value' | 'write' | 'metadata' | 'config' | 'key-column' | 'raw' | 'text'

/** Where a secret stands. Rows that hold the same value at the same path count as one place with several copies. */
export interface Place {
  /** Index in `sources`. */
  readonly source: number
  readonly kind: PlaceKind
  readonly copies: number
  readonly table?: string
  readonly column?: string
  readonly threadId?: string
  readonly namespace?: string
  readonly checkpointId?: string
  readonly taskId?: string
  /** Ms since the epoch. */
  readonly at?: number
  readonly channel?: string
  readonly node?: string
  /** From the channel's value to the string. */
  readonly path?: readonly (string | number)[]
  /** Position in a list of messages, and whose message it is. */
  readonly message?: { readonly index: number; readonly id?: string; readonly role?: string }
  readonly file?: string
  /** From 1. */
  readonly line?: number
  readonly column1?: number
  /** Offsets of the stored run in the string at `path`, or in the file's bytes. */
  readonly start: number
  readonly end: number
  readonly encodings: readonly Encoding[]
  readonly inKey: boolean
}

/** Something that was not read, or not wholly. Nothing is passed over in silence. */
export interface AuditWarning {
  /** Stable, such as `file-truncated` or `row-undecodable`. */
  readonly code: string
  /** One sentence; never a secret. */
  readonly message: string
  /** Index in `sources`; absent for what concerns all of them. */
  readonly source?: number
  readonly count: number
}
