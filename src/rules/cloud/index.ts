import type { Rule } from '../../detect/types.js'
import { aws } from './aws.js'
import { azure } from './azure.js'
import { cloudflare } from './cloudflare.js'
import { databricks } from './databricks.js'
import { digitalocean } from './digitalocean.js'
import { doppler } from './doppler.js'
import { flyio } from './flyio.js'
import { hashicorp } from './hashicorp.js'
import { heroku } from './heroku.js'
import { mongodb } from './mongodb.js'
import { neon } from './neon.js'
import { netlify } from './netlify.js'
import { onepassword } from './onepassword.js'
import { planetscale } from './planetscale.js'
import { pulumi } from './pulumi.js'
import { supabase } from './supabase.js'
import { tailscale } from './tailscale.js'
import { vercel } from './vercel.js'

export const cloud: readonly Rule[] = [
  ...aws,
  ...azure,
  ...cloudflare,
  ...databricks,
  ...digitalocean,
  ...doppler,
  ...flyio,
  ...hashicorp,
  ...heroku,
  ...mongodb,
  ...neon,
  ...netlify,
  ...onepassword,
  ...planetscale,
  ...pulumi,
  ...supabase,
  ...tailscale,
  ...vercel,
]
