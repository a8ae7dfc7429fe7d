const STRUCTURAL =
  /(?:^|_)ids?$|Ids?$|^(?:langgraph_|checkpoint_)|^(?:triggers|parents|ns|name|type|role|node|lg_name)$/
const classified = new Map<string, boolean>()
const MAX_CLASSIFIED = 10_000

/**
 * True for fields that hold ids and names by which LangGraph pairs things (message, tool call, interrupt, checkpoint).
 * A known value is never looked for there: rewriting one breaks tool pairing and resume. Rules still apply.
 */
export function isStructural(key: string | undefined): boolean {
  if (key === undefined) return false
  const known = classified.get(key)
  if (known !== undefined) return known
  if (classified.size >= MAX_CLASSIFIED) classified.clear()
  const structural = STRUCTURAL.test(key)
  classified.set(key, structural)
  return structural
}
