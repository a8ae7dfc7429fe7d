import { findCanaries } from '../../../src/testing/leak/search.js'
import type { InjectedRun } from './run.js'

/** One place at which the token could have come out. */
export interface Place {
  readonly name: string
  /** How often the token stands there, in any usual encoding; for who sees only handles there, 0. */
  readonly tokens: number
  readonly handles: number
}

/** In the order in which a secret leaves an agent. */
export function placesOf(run: InjectedRun): readonly Place[] {
  const place = (name: string, text: string): Place => ({ name, ...countIn(text, run.token) })
  return [
    place('the model reads', run.model),
    place("the attacker's server", run.attacker),
    place('the answer', run.answer),
    place('standard output', run.output),
    place('the tracer', run.tracer),
    place('the store', run.store),
    place('the checkpoints', run.checkpoints.toString('latin1')),
  ]
}

const HANDLE = /claim:\/\/[a-z2-7]{8}\/v1\//g

function countIn(text: string, token: string): Pick<Place, 'tokens' | 'handles'> {
  const bytes = [{ area: 'log' as const, place: 'text', bytes: Buffer.from(text) }]
  const raw = text.split(token).length - 1
  const encoded = findCanaries(bytes, new Map([['token', token]])).length
  return { tokens: Math.max(raw, encoded), handles: [...text.matchAll(HANDLE)].length }
}
