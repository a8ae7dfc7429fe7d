import type { RootSurvey } from './check-roots.js'

interface Known {
  readonly survey: RootSurvey
  readonly anchored: boolean
  readonly trustsSigners: boolean
  readonly knowsVault: boolean
  readonly kekWriters: number
  readonly auditedWriters: number
  readonly unchained: number
}

/** What a check with these keys and anchors could not have seen, in sentences for whoever relies on it. */
export function blindSpots(known: Known): readonly string[] {
  const { survey, kekWriters } = known
  const spots: string[] = []
  if (!known.anchored) {
    spots.push(
      'Without an anchor outside of the database, an older copy of it, or one with its last roots cut off, looks whole.',
    )
  }
  spots.push(
    survey.count === 0
      ? 'No root is sealed: all records of a writer may have been removed together with its registration.'
      : `Behind record ${survey.sealedThrough}, the last sealed one, all records of a writer may have been removed together with its registration.`,
    'Records behind the last registered head of a writer may have been cut off: heads follow every 256 links or 10 seconds.',
  )
  if (kekWriters > 0) {
    spots.push(
      `${kekWriters} of the writers are sealed to the key-encryption key: whoever holds it can sign their records anew. An auditor's key prevents that.`,
    )
  }
  if (known.auditedWriters > 0 && !known.knowsVault) {
    spots.push(
      "Without the vault's key, a writer that somebody else registered to the auditor's key is not told apart.",
    )
  }
  if (survey.byVaultKey > 0) {
    spots.push(
      `${survey.byVaultKey} of the roots are not signed but sealed with the vault's own key, by which they can be made anew.`,
    )
  }
  if (survey.unsigned > 0 && !known.trustsSigners) {
    spots.push(`The signatures of ${survey.unsigned} roots were not checked: no key to check them with was given.`)
  }
  if (known.unchained > 0) {
    spots.push(
      `${known.unchained} records of schema version 1 have no link: nothing but a root that covers them tells whether they are as they were.`,
    )
  }
  return spots
}
