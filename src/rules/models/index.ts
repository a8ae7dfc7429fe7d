import type { Rule } from '../../detect/types.js'
import { anthropic } from './anthropic.js'
import { apify } from './apify.js'
import { assemblyai } from './assemblyai.js'
import { brave } from './brave.js'
import { cerebras } from './cerebras.js'
import { cohere } from './cohere.js'
import { deepgram } from './deepgram.js'
import { deepseek } from './deepseek.js'
import { e2b } from './e2b.js'
import { elevenlabs } from './elevenlabs.js'
import { exa } from './exa.js'
import { firecrawl } from './firecrawl.js'
import { fireworks } from './fireworks.js'
import { google } from './google.js'
import { groq } from './groq.js'
import { huggingface } from './huggingface.js'
import { jina } from './jina.js'
import { langfuse } from './langfuse.js'
import { langsmith } from './langsmith.js'
import { llamacloud } from './llamacloud.js'
import { mistral } from './mistral.js'
import { nvidia } from './nvidia.js'
import { openai } from './openai.js'
import { openrouter } from './openrouter.js'
import { perplexity } from './perplexity.js'
import { pinecone } from './pinecone.js'
import { replicate } from './replicate.js'
import { serpapi } from './serpapi.js'
import { serper } from './serper.js'
import { tavily } from './tavily.js'
import { together } from './together.js'
import { voyage } from './voyage.js'
import { wandb } from './wandb.js'
import { xai } from './xai.js'

export const models: readonly Rule[] = [
  ...anthropic,
  ...apify,
  ...assemblyai,
  ...brave,
  ...cerebras,
  ...cohere,
  ...deepgram,
  ...deepseek,
  ...e2b,
  ...elevenlabs,
  ...exa,
  ...firecrawl,
  ...fireworks,
  ...google,
  ...groq,
  ...huggingface,
  ...jina,
  ...langfuse,
  ...langsmith,
  ...llamacloud,
  ...mistral,
  ...nvidia,
  ...openai,
  ...openrouter,
  ...perplexity,
  ...pinecone,
  ...replicate,
  ...serpapi,
  ...serper,
  ...tavily,
  ...together,
  ...voyage,
  ...wandb,
  ...xai,
]
