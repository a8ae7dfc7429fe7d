import type { RunnableConfig } from '@langchain/core/runnables'

/** Where LangGraph tells it, which is for a subgraph: the node that runs it. */
export function nodeOf({ metadata }: RunnableConfig): string | undefined {
  const node: unknown = metadata?.langgraph_node
  return typeof node === 'string' && node !== '' ? node : undefined
}

/** Says which run uses a claim, so that ending the run can end it; it grants nothing. */
export function runIdOf({ metadata, configurable }: RunnableConfig): string | undefined {
  const runId: unknown = metadata?.run_id ?? configurable?.run_id
  return typeof runId === 'string' && runId !== '' ? runId : undefined
}
