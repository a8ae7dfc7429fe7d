/** Best of several rounds, in megabytes of UTF-16 text (one unit counts as one byte, as in ASCII) a second. */
export async function megabytesPerSecond(
  size: number,
  rounds: number,
  run: () => Promise<unknown> | unknown,
): Promise<number> {
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < rounds; round++) {
    const started = performance.now()
    // A promise only where there is one: awaiting each call would cost more than a short text's scan.
    const running = run()
    if (running instanceof Promise) await running
    best = Math.min(best, performance.now() - started)
  }
  return size / 1000 / best
}
