import type { Rule } from '../../detect/types.js'
import { discord } from './discord.js'
import { dropbox } from './dropbox.js'
import { hubspot } from './hubspot.js'
import { mailchimp } from './mailchimp.js'
import { mailgun } from './mailgun.js'
import { mapbox } from './mapbox.js'
import { resend } from './resend.js'
import { sendgrid } from './sendgrid.js'
import { shopify } from './shopify.js'
import { slack } from './slack.js'
import { square } from './square.js'
import { stripe } from './stripe.js'
import { telegram } from './telegram.js'
import { twilio } from './twilio.js'

export const services: readonly Rule[] = [
  ...discord,
  ...dropbox,
  ...hubspot,
  ...mailchimp,
  ...mailgun,
  ...mapbox,
  ...resend,
  ...sendgrid,
  ...shopify,
  ...slack,
  ...square,
  ...stripe,
  ...telegram,
  ...twilio,
]
