/** FNV-1a: the same threads are in a sample wherever and whenever it is taken. */
export function isInSample(threadId: unknown, part: number): boolean {
  const text = typeof threadId === 'string' ? threadId : ''
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0
  // The low bits of short texts that differ in their end only are alike.
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) >>> 0
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35) >>> 0
  return (hash ^ (hash >>> 16)) >>> 0 < part * 0x1_0000_0000
}
