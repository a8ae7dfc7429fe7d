import { type HttpServer, serve } from './http-server.js'

/** As much of a request for chat completions as tests answer to. */
export interface CompletionRequest {
  readonly messages: readonly { readonly role: string; readonly content: unknown }[]
  readonly tools?: readonly { readonly function: { readonly name: string } }[]
  readonly stream?: boolean
}

/** What the provider says: text, calls of tools, or a failure. */
export interface Completion {
  readonly content?: string
  readonly toolCalls?: readonly { readonly name: string; readonly args: object }[]
  /** Fields of the message beside its content, such as `reasoning_content`. */
  readonly extra?: object
  readonly logprobs?: boolean
  readonly status?: number
  readonly error?: string
}

export interface OpenAiServer extends HttpServer {
  /** Raw bodies of all requests, as they came. */
  readonly bodies: string[]
}

const USAGE = { prompt_tokens: 12, completion_tokens: 34, total_tokens: 46 }

/** Speaks chat completions over a real socket, whole and as server-sent events; text is streamed in pieces of three characters. */
export async function serveOpenAi(answer: (request: CompletionRequest) => Completion): Promise<OpenAiServer> {
  const bodies: string[] = []
  const server = await serve(async (request) => {
    const body = await request.text()
    bodies.push(body)
    const asked = JSON.parse(body) as CompletionRequest
    const said = answer(asked)
    if (said.error !== undefined)
      return Response.json({ error: { message: said.error, type: 'bad' } }, { status: said.status ?? 400 })
    return asked.stream === true ? streamed(said) : whole(said)
  })
  return { ...server, url: `${server.url}/v1`, bodies }
}

const call = ({ name, args }: { name: string; args: object }, index: number) => ({
  index,
  id: `call_${name}_${index}`,
  type: 'function',
  function: { name, arguments: JSON.stringify(args) },
})

const pieces = (text: string): string[] => text.match(/.{1,3}/gs) ?? []

const logprobs = (tokens: readonly string[]) => ({
  content: tokens.map((token) => ({ token, logprob: -0.1, bytes: [...Buffer.from(token)], top_logprobs: [] })),
})

function whole({ content = '', toolCalls = [], extra, logprobs: withProbs }: Completion): Response {
  const message = {
    role: 'assistant',
    content,
    ...(toolCalls.length > 0 && { tool_calls: toolCalls.map(call) }),
    ...extra,
  }
  const choice = {
    index: 0,
    message,
    finish_reason: 'stop',
    ...(withProbs === true && { logprobs: logprobs(pieces(content)) }),
  }
  return Response.json({ ...head('chat.completion'), choices: [choice], usage: USAGE })
}

function streamed({ content = '', toolCalls = [], extra = {}, logprobs: withProbs }: Completion): Response {
  const deltas: { delta: object; logprobs?: object }[] = [{ delta: { role: 'assistant', content: '' } }]
  for (const [name, value] of Object.entries(extra))
    for (const piece of pieces(String(value))) deltas.push({ delta: { [name]: piece } })
  for (const piece of pieces(content))
    deltas.push({ delta: { content: piece }, ...(withProbs === true && { logprobs: logprobs([piece]) }) })
  for (const [index, each] of toolCalls.entries()) {
    const { function: fn, ...rest } = call(each, index)
    deltas.push({ delta: { tool_calls: [{ ...rest, function: { name: fn.name, arguments: '' } }] } })
    for (const piece of pieces(fn.arguments))
      deltas.push({ delta: { tool_calls: [{ index, function: { arguments: piece } }] } })
  }
  const events = deltas.map((each) => ({
    ...head('chat.completion.chunk'),
    choices: [{ index: 0, finish_reason: null, ...each }],
  }))
  const end = { ...head('chat.completion.chunk'), choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }
  const usage = { ...head('chat.completion.chunk'), choices: [], usage: USAGE }
  const lines = [...events, end, usage].map((event) => `data: ${JSON.stringify(event)}\n\n`)
  return new Response(`${lines.join('')}data: [DONE]\n\n`, { headers: { 'content-type': 'text/event-stream' } })
}

const head = (object: string) => ({ id: 'chatcmpl-1', object, created: 1_700_000_000, model: 'gpt-test' })
