import type { Rule } from '../../detect/types.js'
import { ably } from './ably.js'
import { agora } from './agora.js'
import { airflow } from './airflow.js'
import { aiven } from './aiven.js'
import { akamai } from './akamai.js'
import { akeyless } from './akeyless.js'
import { algolia } from './algolia.js'
import { alibaba } from './alibaba.js'
import { appwrite } from './appwrite.js'
import { astra } from './astra.js'
import { aws } from './aws.js'
import { azure } from './azure.js'
import { azureIdentifiable } from './azure-identifiable.js'
import { backblaze } from './backblaze.js'
import { baidu } from './baidu.js'
import { bitwarden } from './bitwarden.js'
import { bunny } from './bunny.js'
import { chroma } from './chroma.js'
import { civo } from './civo.js'
import { clickhouse } from './clickhouse.js'
import { cloudflare } from './cloudflare.js'
import { cloudinary } from './cloudinary.js'
import { cockroachdb } from './cockroachdb.js'
import { confluent } from './confluent.js'
import { convex } from './convex.js'
import { crunchy } from './crunchy.js'
import { daily } from './daily.js'
import { databricks } from './databricks.js'
import { deno } from './deno.js'
import { digitalocean } from './digitalocean.js'
import { dnsimple } from './dnsimple.js'
import { doppler } from './doppler.js'
import { elastic } from './elastic.js'
import { exoscale } from './exoscale.js'
import { fastly } from './fastly.js'
import { fauna } from './fauna.js'
import { firebase } from './firebase.js'
import { fivetran } from './fivetran.js'
import { flyio } from './flyio.js'
import { gcp } from './gcp.js'
import { godaddy } from './godaddy.js'
import { hashicorp } from './hashicorp.js'
import { heroku } from './heroku.js'
import { hetzner } from './hetzner.js'
import { huawei } from './huawei.js'
import { ibm } from './ibm.js'
import { imagekit } from './imagekit.js'
import { infisical } from './infisical.js'
import { influxdata } from './influxdata.js'
import { infracost } from './infracost.js'
import { koyeb } from './koyeb.js'
import { kubernetes } from './kubernetes.js'
import { linode } from './linode.js'
import { livekit } from './livekit.js'
import { materialize } from './materialize.js'
import { meilisearch } from './meilisearch.js'
import { minio } from './minio.js'
import { mongodb } from './mongodb.js'
import { mux } from './mux.js'
import { namecheap } from './namecheap.js'
import { nats } from './nats.js'
import { neon } from './neon.js'
import { netlify } from './netlify.js'
import { ngrok } from './ngrok.js'
import { onepassword } from './onepassword.js'
import { openshift } from './openshift.js'
import { oracle } from './oracle.js'
import { ovh } from './ovh.js'
import { planetscale } from './planetscale.js'
import { porkbun } from './porkbun.js'
import { pubnub } from './pubnub.js'
import { pulumi } from './pulumi.js'
import { pusher } from './pusher.js'
import { qdrant } from './qdrant.js'
import { railway } from './railway.js'
import { rancher } from './rancher.js'
import { redis } from './redis.js'
import { redpanda } from './redpanda.js'
import { render } from './render.js'
import { rudderstack } from './rudderstack.js'
import { scaleway } from './scaleway.js'
import { scalingo } from './scalingo.js'
import { segment } from './segment.js'
import { singlestore } from './singlestore.js'
import { snowflake } from './snowflake.js'
import { spacelift } from './spacelift.js'
import { supabase } from './supabase.js'
import { tailscale } from './tailscale.js'
import { teleport } from './teleport.js'
import { tencent } from './tencent.js'
import { tigris } from './tigris.js'
import { timescale } from './timescale.js'
import { tinybird } from './tinybird.js'
import { turbopuffer } from './turbopuffer.js'
import { typesense } from './typesense.js'
import { upcloud } from './upcloud.js'
import { upstash } from './upstash.js'
import { vantage } from './vantage.js'
import { vectara } from './vectara.js'
import { vercel } from './vercel.js'
import { volcengine } from './volcengine.js'
import { vultr } from './vultr.js'
import { wasabi } from './wasabi.js'
import { weaviate } from './weaviate.js'
import { wireguard } from './wireguard.js'
import { xata } from './xata.js'
import { yandex } from './yandex.js'
import { zerotier } from './zerotier.js'
import { zilliz } from './zilliz.js'

export const cloud: readonly Rule[] = [
  ...nats,
  ...ably,
  ...agora,
  ...airflow,
  ...aiven,
  ...akamai,
  ...akeyless,
  ...algolia,
  ...alibaba,
  ...appwrite,
  ...astra,
  ...aws,
  ...azure,
  ...azureIdentifiable,
  ...backblaze,
  ...baidu,
  ...bitwarden,
  ...bunny,
  ...chroma,
  ...civo,
  ...clickhouse,
  ...cloudflare,
  ...cloudinary,
  ...cockroachdb,
  ...confluent,
  ...convex,
  ...crunchy,
  ...daily,
  ...databricks,
  ...deno,
  ...digitalocean,
  ...dnsimple,
  ...doppler,
  ...elastic,
  ...exoscale,
  ...fastly,
  ...fauna,
  ...firebase,
  ...fivetran,
  ...flyio,
  ...gcp,
  ...godaddy,
  ...hashicorp,
  ...heroku,
  ...hetzner,
  ...huawei,
  ...ibm,
  ...imagekit,
  ...infisical,
  ...influxdata,
  ...infracost,
  ...koyeb,
  ...kubernetes,
  ...linode,
  ...livekit,
  ...materialize,
  ...meilisearch,
  ...minio,
  ...mongodb,
  ...mux,
  ...namecheap,
  ...neon,
  ...netlify,
  ...ngrok,
  ...onepassword,
  ...openshift,
  ...oracle,
  ...ovh,
  ...planetscale,
  ...porkbun,
  ...pubnub,
  ...pulumi,
  ...pusher,
  ...qdrant,
  ...railway,
  ...rancher,
  ...redis,
  ...redpanda,
  ...render,
  ...rudderstack,
  ...scaleway,
  ...scalingo,
  ...segment,
  ...singlestore,
  ...snowflake,
  ...spacelift,
  ...supabase,
  ...tailscale,
  ...teleport,
  ...tencent,
  ...tigris,
  ...timescale,
  ...tinybird,
  ...turbopuffer,
  ...typesense,
  ...upcloud,
  ...upstash,
  ...vantage,
  ...vectara,
  ...vercel,
  ...volcengine,
  ...vultr,
  ...wasabi,
  ...weaviate,
  ...wireguard,
  ...xata,
  ...yandex,
  ...zerotier,
  ...zilliz,
]
