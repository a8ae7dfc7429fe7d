/** Whether a subject fits a pattern in which `*` is any run of characters. Linear in both: it never goes back by more than one star. */
export function matchesSubject(pattern: string, subject: string): boolean {
  let p = 0
  let s = 0
  let star = -1
  let resume = 0
  while (s < subject.length) {
    if (p < pattern.length && pattern[p] === '*') {
      star = p++
      resume = s
    } else if (p < pattern.length && pattern[p] === subject[s]) {
      p++
      s++
    } else if (star >= 0) {
      p = star + 1
      s = ++resume
    } else return false
  }
  while (pattern[p] === '*') p++
  return p === pattern.length
}
