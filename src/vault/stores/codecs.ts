import type { LedgerEntry } from '../../ledger/event.js'
import type { LedgerRootRow, LedgerWriterRow } from '../../ledger/ledger-store.js'
import type { AccessRecord } from '../access-record.js'
import type { BranchKeyRow, ClaimRow, RevocationRow, ThreadRow, VaultRow } from '../claim-store.js'
import { RowCodec } from './row-codec.js'

export const claimCodec = new RowCodec<ClaimRow>({
  id: 'text',
  tenant: 'text',
  threadId: 'text',
  mode: 'text',
  state: 'text',
  generation: 'integer',
  maxClaims: 'integer',
  claimed: 'integer',
  allow: 'json',
  ruleId: 'text',
  branchKeyId: 'text',
  ttlMs: 'integer',
  createdAt: 'integer',
  expiresAt: 'integer',
  capAt: 'integer',
  credentialExpiresAt: 'integer',
  leaseHolder: 'text',
  mac: 'bytes',
  sealed: 'bytes',
  sealedMetadata: 'bytes',
  fingerprint: 'bytes',
  sweepAt: 'integer',
})

export const threadCodec = new RowCodec<ThreadRow>({
  tenant: 'text',
  threadId: 'text',
  usedAt: 'integer',
  held: 'boolean',
  mac: 'bytes',
})

export const revocationCodec = new RowCodec<RevocationRow>({ tenant: 'text', tag: 'text', threadId: 'text' })

export const recordCodec = new RowCodec<AccessRecord>({
  tenant: 'text',
  kind: 'text',
  id: 'text',
  threadId: 'text',
  claimId: 'text',
  holder: 'text',
  body: 'text',
  mac: 'bytes',
  expiresAt: 'integer',
})

export const vaultCodec = new RowCodec<VaultRow>({
  vaultId: 'text',
  namingKeyId: 'text',
  kekId: 'text',
  wrappedNamingKeys: 'bytes',
})

export const branchKeyCodec = new RowCodec<BranchKeyRow>(
  { id: 'text', tenant: 'text', window: 'integer', kekId: 'text', wrapped: 'bytes' },
  { window: 'key_window' },
)

export const ledgerCodec = new RowCodec<LedgerEntry>(
  {
    seq: 'integer',
    at: 'integer',
    writer: 'text',
    link: 'integer',
    mac: 'bytes',
    tenant: 'text',
    operation: 'text',
    outcome: 'text',
    reason: 'text',
    threadId: 'text',
    runId: 'text',
    sub: 'text',
    act: 'text',
    claims: 'json',
    rules: 'json',
    kinds: 'json',
    channels: 'json',
    nodes: 'json',
    count: 'integer',
  },
  {},
  ['reason', 'threadId', 'runId', 'sub', 'act', 'rules', 'kinds', 'channels', 'nodes', 'count'],
)

export const ledgerWriterCodec = new RowCodec<LedgerWriterRow>({
  writer: 'text',
  startedAt: 'integer',
  keyId: 'text',
  sealedTo: 'text',
  sealedKey: 'bytes',
  link: 'integer',
  at: 'integer',
  unsettled: 'json',
  closed: 'boolean',
  mac: 'bytes',
})

export const ledgerRootCodec = new RowCodec<LedgerRootRow>({
  number: 'integer',
  fromSeq: 'integer',
  toSeq: 'integer',
  count: 'integer',
  at: 'integer',
  root: 'bytes',
  previous: 'bytes',
  writers: 'text',
  keyId: 'text',
  signature: 'bytes',
})
