import type { Rule } from '../../detect/types.js'
import { agentops } from './agentops.js'
import { ai21 } from './ai21.js'
import { aimlapi } from './aimlapi.js'
import { amp } from './amp.js'
import { anthropic } from './anthropic.js'
import { anyscale } from './anyscale.js'
import { apify } from './apify.js'
import { arcade } from './arcade.js'
import { arize } from './arize.js'
import { assemblyai } from './assemblyai.js'
import { baichuan } from './baichuan.js'
import { baseten } from './baseten.js'
import { blackForestLabs } from './black-forest-labs.js'
import { braintrust } from './braintrust.js'
import { brave } from './brave.js'
import { brightData } from './bright-data.js'
import { browserUse } from './browser-use.js'
import { browserbase } from './browserbase.js'
import { browserless } from './browserless.js'
import { cartesia } from './cartesia.js'
import { cerebras } from './cerebras.js'
import { chutes } from './chutes.js'
import { clarifai } from './clarifai.js'
import { coderabbit } from './coderabbit.js'
import { cohere } from './cohere.js'
import { comet } from './comet.js'
import { composio } from './composio.js'
import { confidentAi } from './confident-ai.js'
import { context7 } from './context7.js'
import { coze } from './coze.js'
import { cursor } from './cursor.js'
import { dId } from './d-id.js'
import { dashscope } from './dashscope.js'
import { daytona } from './daytona.js'
import { deepgram } from './deepgram.js'
import { deepinfra } from './deepinfra.js'
import { deepseek } from './deepseek.js'
import { devin } from './devin.js'
import { diffbot } from './diffbot.js'
import { dify } from './dify.js'
import { e2b } from './e2b.js'
import { elevenlabs } from './elevenlabs.js'
import { exa } from './exa.js'
import { factory } from './factory.js'
import { fal } from './fal.js'
import { featherless } from './featherless.js'
import { firecrawl } from './firecrawl.js'
import { fireworks } from './fireworks.js'
import { freepik } from './freepik.js'
import { friendli } from './friendli.js'
import { galileo } from './galileo.js'
import { gladia } from './gladia.js'
import { google } from './google.js'
import { greptile } from './greptile.js'
import { groq } from './groq.js'
import { helicone } from './helicone.js'
import { heygen } from './heygen.js'
import { huggingface } from './huggingface.js'
import { humanloop } from './humanloop.js'
import { hume } from './hume.js'
import { hyperbrowser } from './hyperbrowser.js'
import { ideogram } from './ideogram.js'
import { jina } from './jina.js'
import { kaggle } from './kaggle.js'
import { kagi } from './kagi.js'
import { kimi } from './kimi.js'
import { kling } from './kling.js'
import { lakera } from './lakera.js'
import { lambda } from './lambda.js'
import { langflow } from './langflow.js'
import { langfuse } from './langfuse.js'
import { langsmith } from './langsmith.js'
import { langwatch } from './langwatch.js'
import { leonardo } from './leonardo.js'
import { letta } from './letta.js'
import { lightningAi } from './lightning-ai.js'
import { lighton } from './lighton.js'
import { linkup } from './linkup.js'
import { litellm } from './litellm.js'
import { literalAi } from './literal-ai.js'
import { llamacloud } from './llamacloud.js'
import { lmnt } from './lmnt.js'
import { luma } from './luma.js'
import { lunary } from './lunary.js'
import { make } from './make.js'
import { mem0 } from './mem0.js'
import { meshy } from './meshy.js'
import { minimax } from './minimax.js'
import { mistral } from './mistral.js'
import { mixedbread } from './mixedbread.js'
import { modal } from './modal.js'
import { morph } from './morph.js'
import { murf } from './murf.js'
import { n8n } from './n8n.js'
import { neptune } from './neptune.js'
import { nomic } from './nomic.js'
import { novita } from './novita.js'
import { nvidia } from './nvidia.js'
import { ollama } from './ollama.js'
import { openai } from './openai.js'
import { openpipe } from './openpipe.js'
import { openrouter } from './openrouter.js'
import { parallel } from './parallel.js'
import { perplexity } from './perplexity.js'
import { phoenix } from './phoenix.js'
import { pinecone } from './pinecone.js'
import { pipedream } from './pipedream.js'
import { playht } from './playht.js'
import { poe } from './poe.js'
import { portkey } from './portkey.js'
import { predibase } from './predibase.js'
import { promptlayer } from './promptlayer.js'
import { ragie } from './ragie.js'
import { recraft } from './recraft.js'
import { reducto } from './reducto.js'
import { reka } from './reka.js'
import { replicate } from './replicate.js'
import { resemble } from './resemble.js'
import { retell } from './retell.js'
import { rev } from './rev.js'
import { roboflow } from './roboflow.js'
import { runpod } from './runpod.js'
import { runway } from './runway.js'
import { sambanova } from './sambanova.js'
import { scraperapi } from './scraperapi.js'
import { scrapfly } from './scrapfly.js'
import { scrapingant } from './scrapingant.js'
import { scrapingbee } from './scrapingbee.js'
import { searchapi } from './searchapi.js'
import { segmind } from './segmind.js'
import { serpapi } from './serpapi.js'
import { serper } from './serper.js'
import { siliconflow } from './siliconflow.js'
import { smithery } from './smithery.js'
import { speechmatics } from './speechmatics.js'
import { stability } from './stability.js'
import { steel } from './steel.js'
import { stepfun } from './stepfun.js'
import { supadata } from './supadata.js'
import { supermemory } from './supermemory.js'
import { synthesia } from './synthesia.js'
import { tavily } from './tavily.js'
import { tavus } from './tavus.js'
import { tencentHunyuan } from './tencent-hunyuan.js'
import { tinker } from './tinker.js'
import { together } from './together.js'
import { traceloop } from './traceloop.js'
import { tripo } from './tripo.js'
import { unstructured } from './unstructured.js'
import { upstage } from './upstage.js'
import { valtown } from './valtown.js'
import { vapi } from './vapi.js'
import { vast } from './vast.js'
import { volcengineArk } from './volcengine-ark.js'
import { voyage } from './voyage.js'
import { wandb } from './wandb.js'
import { windsurf } from './windsurf.js'
import { wolfram } from './wolfram.js'
import { writer } from './writer.js'
import { xai } from './xai.js'
import { you } from './you.js'
import { zapier } from './zapier.js'
import { zenrows } from './zenrows.js'
import { zep } from './zep.js'
import { zhipu } from './zhipu.js'
import { zyte } from './zyte.js'

export const models: readonly Rule[] = [
  ...agentops,
  ...ai21,
  ...aimlapi,
  ...amp,
  ...anthropic,
  ...anyscale,
  ...apify,
  ...arcade,
  ...arize,
  ...assemblyai,
  ...baichuan,
  ...baseten,
  ...blackForestLabs,
  ...braintrust,
  ...brave,
  ...brightData,
  ...browserUse,
  ...browserbase,
  ...browserless,
  ...cartesia,
  ...cerebras,
  ...chutes,
  ...clarifai,
  ...coderabbit,
  ...cohere,
  ...comet,
  ...composio,
  ...confidentAi,
  ...context7,
  ...coze,
  ...cursor,
  ...dId,
  ...dashscope,
  ...daytona,
  ...deepgram,
  ...deepinfra,
  ...deepseek,
  ...devin,
  ...diffbot,
  ...dify,
  ...e2b,
  ...elevenlabs,
  ...exa,
  ...factory,
  ...fal,
  ...featherless,
  ...firecrawl,
  ...fireworks,
  ...freepik,
  ...friendli,
  ...galileo,
  ...gladia,
  ...google,
  ...greptile,
  ...groq,
  ...helicone,
  ...heygen,
  ...huggingface,
  ...humanloop,
  ...hume,
  ...hyperbrowser,
  ...ideogram,
  ...jina,
  ...kaggle,
  ...kagi,
  ...kimi,
  ...kling,
  ...lakera,
  ...lambda,
  ...langflow,
  ...langfuse,
  ...langsmith,
  ...langwatch,
  ...leonardo,
  ...letta,
  ...lightningAi,
  ...lighton,
  ...linkup,
  ...litellm,
  ...literalAi,
  ...llamacloud,
  ...lmnt,
  ...luma,
  ...lunary,
  ...make,
  ...mem0,
  ...meshy,
  ...minimax,
  ...mistral,
  ...mixedbread,
  ...modal,
  ...morph,
  ...murf,
  ...n8n,
  ...neptune,
  ...nomic,
  ...novita,
  ...nvidia,
  ...ollama,
  ...openai,
  ...openpipe,
  ...openrouter,
  ...parallel,
  ...perplexity,
  ...phoenix,
  ...pinecone,
  ...pipedream,
  ...playht,
  ...poe,
  ...portkey,
  ...predibase,
  ...promptlayer,
  ...ragie,
  ...recraft,
  ...reducto,
  ...reka,
  ...replicate,
  ...resemble,
  ...retell,
  ...rev,
  ...roboflow,
  ...runpod,
  ...runway,
  ...sambanova,
  ...scraperapi,
  ...scrapfly,
  ...scrapingant,
  ...scrapingbee,
  ...searchapi,
  ...segmind,
  ...serpapi,
  ...serper,
  ...siliconflow,
  ...smithery,
  ...speechmatics,
  ...stability,
  ...steel,
  ...stepfun,
  ...supadata,
  ...supermemory,
  ...synthesia,
  ...tavily,
  ...tavus,
  ...tencentHunyuan,
  ...tinker,
  ...together,
  ...traceloop,
  ...tripo,
  ...unstructured,
  ...upstage,
  ...valtown,
  ...vapi,
  ...vast,
  ...volcengineArk,
  ...voyage,
  ...wandb,
  ...windsurf,
  ...wolfram,
  ...writer,
  ...xai,
  ...you,
  ...zapier,
  ...zenrows,
  ...zep,
  ...zhipu,
  ...zyte,
]
