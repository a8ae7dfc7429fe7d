import { setFlagsFromString } from 'node:v8'

/** The newest V8 of which the flags are known (Node 24): a later one might complain on standard error. */
const NEWEST = 13

/**
 * Keeps the heap about as large as what is in it. V8 lets the space for new objects grow to tens of MB and collects the old
 * ones when they have become several times as many, which is memory that a command does not need that reads rows and
 * forgets them. Neither flag is a limit: what is needed is given.
 */
export function keepHeapLean(): void {
  if (Number.parseInt(process.versions.v8, 10) > NEWEST) return
  setFlagsFromString('--semi-space-growth-factor=1')
  setFlagsFromString('--heap-growing-percent=100')
}
