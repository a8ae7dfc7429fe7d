import type { Rule } from '../detect/types.js'
import { age } from './age.js'
import { airtable } from './airtable.js'
import { anthropic } from './anthropic.js'
import { apify } from './apify.js'
import { assemblyai } from './assemblyai.js'
import { atlassian } from './atlassian.js'
import { aws } from './aws.js'
import { azure } from './azure.js'
import { brave } from './brave.js'
import { buildkite } from './buildkite.js'
import { cerebras } from './cerebras.js'
import { circleci } from './circleci.js'
import { cloudflare } from './cloudflare.js'
import { cohere } from './cohere.js'
import { connectionString } from './connection-string.js'
import { databricks } from './databricks.js'
import { datadog } from './datadog.js'
import { deepgram } from './deepgram.js'
import { deepseek } from './deepseek.js'
import { digitalocean } from './digitalocean.js'
import { discord } from './discord.js'
import { docker } from './docker.js'
import { doppler } from './doppler.js'
import { dropbox } from './dropbox.js'
import { e2b } from './e2b.js'
import { elevenlabs } from './elevenlabs.js'
import { exa } from './exa.js'
import { figma } from './figma.js'
import { firecrawl } from './firecrawl.js'
import { fireworks } from './fireworks.js'
import { flyio } from './flyio.js'
import { generic } from './generic.js'
import { github } from './github.js'
import { gitlab } from './gitlab.js'
import { google } from './google.js'
import { grafana } from './grafana.js'
import { groq } from './groq.js'
import { hashicorp } from './hashicorp.js'
import { heroku } from './heroku.js'
import { httpAuth } from './http-auth.js'
import { hubspot } from './hubspot.js'
import { huggingface } from './huggingface.js'
import { jina } from './jina.js'
import { jwt } from './jwt.js'
import { langfuse } from './langfuse.js'
import { langsmith } from './langsmith.js'
import { linear } from './linear.js'
import { llamacloud } from './llamacloud.js'
import { mailchimp } from './mailchimp.js'
import { mailgun } from './mailgun.js'
import { mapbox } from './mapbox.js'
import { mistral } from './mistral.js'
import { mongodb } from './mongodb.js'
import { neon } from './neon.js'
import { netlify } from './netlify.js'
import { newrelic } from './newrelic.js'
import { notion } from './notion.js'
import { npm } from './npm.js'
import { nvidia } from './nvidia.js'
import { onepassword } from './onepassword.js'
import { openai } from './openai.js'
import { openrouter } from './openrouter.js'
import { perplexity } from './perplexity.js'
import { pinecone } from './pinecone.js'
import { planetscale } from './planetscale.js'
import { posthog } from './posthog.js'
import { postman } from './postman.js'
import { prefect } from './prefect.js'
import { privateKey } from './private-key.js'
import { pulumi } from './pulumi.js'
import { pypi } from './pypi.js'
import { replicate } from './replicate.js'
import { resend } from './resend.js'
import { rubygems } from './rubygems.js'
import { sendgrid } from './sendgrid.js'
import { sentry } from './sentry.js'
import { serpapi } from './serpapi.js'
import { serper } from './serper.js'
import { shopify } from './shopify.js'
import { signedUrl } from './signed-url.js'
import { slack } from './slack.js'
import { sourcegraph } from './sourcegraph.js'
import { square } from './square.js'
import { stripe } from './stripe.js'
import { supabase } from './supabase.js'
import { tailscale } from './tailscale.js'
import { tavily } from './tavily.js'
import { telegram } from './telegram.js'
import { together } from './together.js'
import { twilio } from './twilio.js'
import { vercel } from './vercel.js'
import { voyage } from './voyage.js'
import { wandb } from './wandb.js'
import { xai } from './xai.js'

/** The stock rule pack: models and agent tooling first, then clouds and services, then what any provider may use. */
export const stockRules: readonly Rule[] = [
  ...openai,
  ...anthropic,
  ...google,
  ...aws,
  ...azure,
  ...cohere,
  ...mistral,
  ...assemblyai,
  ...deepgram,
  ...serper,
  ...serpapi,
  ...exa,
  ...deepseek,
  ...groq,
  ...xai,
  ...openrouter,
  ...perplexity,
  ...together,
  ...fireworks,
  ...replicate,
  ...huggingface,
  ...langsmith,
  ...langfuse,
  ...tavily,
  ...pinecone,
  ...firecrawl,
  ...elevenlabs,
  ...nvidia,
  ...cerebras,
  ...jina,
  ...voyage,
  ...wandb,
  ...llamacloud,
  ...e2b,
  ...apify,
  ...gitlab,
  ...slack,
  ...stripe,
  ...twilio,
  ...sendgrid,
  ...discord,
  ...telegram,
  ...npm,
  ...pypi,
  ...digitalocean,
  ...heroku,
  ...vercel,
  ...netlify,
  ...supabase,
  ...neon,
  ...planetscale,
  ...databricks,
  ...doppler,
  ...hashicorp,
  ...grafana,
  ...sentry,
  ...datadog,
  ...newrelic,
  ...notion,
  ...linear,
  ...airtable,
  ...figma,
  ...shopify,
  ...mailgun,
  ...mailchimp,
  ...postman,
  ...atlassian,
  ...dropbox,
  ...onepassword,
  ...age,
  ...cloudflare,
  ...docker,
  ...resend,
  ...hubspot,
  ...tailscale,
  ...posthog,
  ...square,
  ...brave,
  ...mongodb,
  ...pulumi,
  ...prefect,
  ...flyio,
  ...mapbox,
  ...rubygems,
  ...circleci,
  ...buildkite,
  ...sourcegraph,
  ...github,
  ...privateKey,
  ...jwt,
  ...connectionString,
  ...httpAuth,
  ...signedUrl,
  ...generic,
]
