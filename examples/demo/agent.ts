import { AIMessage, ToolMessage } from '@langchain/core/messages'
import { tool } from '@langchain/core/tools'
import { interrupt } from '@langchain/langgraph'
import type { BaseCheckpointSaver } from '@langchain/langgraph-checkpoint'
import { createAgent } from 'langchain'
import { z } from 'zod'
import { callTool, type Script, ScriptedModel } from '../../src/testing/leak/scripted-model.js'

const RELEASE = '2.4.0'

/** A release agent: it fetches a token, waits for a human, and deploys with the token. */
export function releaseAgent(checkpointer: BaseCheckpointSaver, serviceUrl: string) {
  const post = (path: string, headers: Record<string, string> = {}) =>
    fetch(serviceUrl + path, {
      method: 'POST',
      headers: { 'user-agent': `release-agent (pid ${process.pid})`, ...headers },
    }).then((response) => response.text())

  const requestToken = tool(() => post('/token'), {
    name: 'request_token',
    description: 'Requests a deployment token',
    schema: z.object({}),
  })
  const deploy = tool(
    ({ release, token }) => {
      const approval: unknown = interrupt({ question: `Deploy release ${release} to production?` })
      return approval === 'yes' ? post('/deploy', { authorization: `Bearer ${token}` }) : 'Not approved.'
    },
    { name: 'deploy', description: 'Deploys a release', schema: z.object({ release: z.string(), token: z.string() }) },
  )
  return createAgent({ model: new ScriptedModel(script), tools: [requestToken, deploy], checkpointer })
}

/** What a model would do: read the token in one tool's answer, and hand it to the next tool. */
const script: Script = (messages): AIMessage => {
  const last = messages.at(-1)
  if (!ToolMessage.isInstance(last)) return callTool('call_1', 'request_token', {})
  if (last.name !== 'request_token') return new AIMessage({ id: 'ai-end', content: `Release ${RELEASE}: ${last.text}` })
  const { access_token: token } = JSON.parse(last.text) as { access_token: string }
  return callTool('call_2', 'deploy', { release: RELEASE, token })
}
