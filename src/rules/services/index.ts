import type { Rule } from '../../detect/types.js'
import { adobe } from './adobe.js'
import { adyen } from './adyen.js'
import { airship } from './airship.js'
import { alchemy } from './alchemy.js'
import { alpaca } from './alpaca.js'
import { alphaVantage } from './alpha-vantage.js'
import { amazonLwa } from './amazon-lwa.js'
import { apolloIo } from './apollo-io.js'
import { attio } from './attio.js'
import { auth0 } from './auth0.js'
import { bamboohr } from './bamboohr.js'
import { binance } from './binance.js'
import { bitfinex } from './bitfinex.js'
import { bitgo } from './bitgo.js'
import { bitly } from './bitly.js'
import { blockfrost } from './blockfrost.js'
import { box } from './box.js'
import { braintree } from './braintree.js'
import { braze } from './braze.js'
import { brevo } from './brevo.js'
import { brex } from './brex.js'
import { bybit } from './bybit.js'
import { calCom } from './cal-com.js'
import { cashfree } from './cashfree.js'
import { checkoutCom } from './checkout-com.js'
import { circle } from './circle.js'
import { clearbit } from './clearbit.js'
import { close } from './close.js'
import { coinbase } from './coinbase.js'
import { coingecko } from './coingecko.js'
import { coinmarketcap } from './coinmarketcap.js'
import { courier } from './courier.js'
import { customerio } from './customerio.js'
import { deepl } from './deepl.js'
import { dingtalk } from './dingtalk.js'
import { discord } from './discord.js'
import { docusign } from './docusign.js'
import { dropbox } from './dropbox.js'
import { duffel } from './duffel.js'
import { duo } from './duo.js'
import { dynamic } from './dynamic.js'
import { easypost } from './easypost.js'
import { ebay } from './ebay.js'
import { etherscan } from './etherscan.js'
import { eventbrite } from './eventbrite.js'
import { facebook } from './facebook.js'
import { finnhub } from './finnhub.js'
import { flutterwave } from './flutterwave.js'
import { frameIo } from './frame-io.js'
import { freshdesk } from './freshdesk.js'
import { gocardless } from './gocardless.js'
import { googleChat } from './google-chat.js'
import { hcaptcha } from './hcaptcha.js'
import { helius } from './helius.js'
import { here } from './here.js'
import { hubspot } from './hubspot.js'
import { hunter } from './hunter.js'
import { ifttt } from './ifttt.js'
import { infura } from './infura.js'
import { intercom } from './intercom.js'
import { iterable } from './iterable.js'
import { jumpcloud } from './jumpcloud.js'
import { klaviyo } from './klaviyo.js'
import { kraken } from './kraken.js'
import { kucoin } from './kucoin.js'
import { lark } from './lark.js'
import { line } from './line.js'
import { linkedin } from './linkedin.js'
import { lob } from './lob.js'
import { loops } from './loops.js'
import { mailchimp } from './mailchimp.js'
import { mailersend } from './mailersend.js'
import { mailgun } from './mailgun.js'
import { mailjet } from './mailjet.js'
import { make } from './make.js'
import { mandrill } from './mandrill.js'
import { mapbox } from './mapbox.js'
import { maxmind } from './maxmind.js'
import { mercury } from './mercury.js'
import { messagebird } from './messagebird.js'
import { microsoftTeams } from './microsoft-teams.js'
import { mollie } from './mollie.js'
import { moralis } from './moralis.js'
import { nylas } from './nylas.js'
import { okta } from './okta.js'
import { okx } from './okx.js'
import { onesignal } from './onesignal.js'
import { onfido } from './onfido.js'
import { openweather } from './openweather.js'
import { ory } from './ory.js'
import { paddle } from './paddle.js'
import { paypal } from './paypal.js'
import { persona } from './persona.js'
import { pinterest } from './pinterest.js'
import { pipedrive } from './pipedrive.js'
import { plaid } from './plaid.js'
import { plivo } from './plivo.js'
import { polar } from './polar.js'
import { polygonIo } from './polygon-io.js'
import { postmark } from './postmark.js'
import { pushover } from './pushover.js'
import { quickbooks } from './quickbooks.js'
import { quicknode } from './quicknode.js'
import { ramp } from './ramp.js'
import { razorpay } from './razorpay.js'
import { recaptcha } from './recaptcha.js'
import { reddit } from './reddit.js'
import { resend } from './resend.js'
import { salesforce } from './salesforce.js'
import { sendgrid } from './sendgrid.js'
import { shippo } from './shippo.js'
import { shopify } from './shopify.js'
import { slack } from './slack.js'
import { spotify } from './spotify.js'
import { square } from './square.js'
import { stripe } from './stripe.js'
import { stytch } from './stytch.js'
import { sumup } from './sumup.js'
import { telegram } from './telegram.js'
import { telnyx } from './telnyx.js'
import { tomtom } from './tomtom.js'
import { twilio } from './twilio.js'
import { twitch } from './twitch.js'
import { twitter } from './twitter.js'
import { typeform } from './typeform.js'
import { vonage } from './vonage.js'
import { webex } from './webex.js'
import { wecom } from './wecom.js'
import { wise } from './wise.js'
import { woocommerce } from './woocommerce.js'
import { xero } from './xero.js'
import { zapier } from './zapier.js'
import { zendesk } from './zendesk.js'
import { zoom } from './zoom.js'
import { zulip } from './zulip.js'

export const services: readonly Rule[] = [
  ...adobe,
  ...adyen,
  ...airship,
  ...alchemy,
  ...alpaca,
  ...alphaVantage,
  ...amazonLwa,
  ...apolloIo,
  ...attio,
  ...auth0,
  ...bamboohr,
  ...binance,
  ...bitfinex,
  ...bitgo,
  ...bitly,
  ...blockfrost,
  ...box,
  ...braintree,
  ...braze,
  ...brevo,
  ...brex,
  ...bybit,
  ...calCom,
  ...cashfree,
  ...checkoutCom,
  ...circle,
  ...clearbit,
  ...close,
  ...coinbase,
  ...coingecko,
  ...coinmarketcap,
  ...courier,
  ...customerio,
  ...deepl,
  ...dingtalk,
  ...discord,
  ...docusign,
  ...dropbox,
  ...duffel,
  ...duo,
  ...dynamic,
  ...easypost,
  ...ebay,
  ...etherscan,
  ...eventbrite,
  ...facebook,
  ...finnhub,
  ...flutterwave,
  ...frameIo,
  ...freshdesk,
  ...gocardless,
  ...googleChat,
  ...hcaptcha,
  ...helius,
  ...here,
  ...hubspot,
  ...hunter,
  ...ifttt,
  ...infura,
  ...intercom,
  ...iterable,
  ...jumpcloud,
  ...klaviyo,
  ...kraken,
  ...kucoin,
  ...lark,
  ...line,
  ...linkedin,
  ...lob,
  ...loops,
  ...mailchimp,
  ...mailersend,
  ...mailgun,
  ...mailjet,
  ...make,
  ...mandrill,
  ...mapbox,
  ...maxmind,
  ...mercury,
  ...messagebird,
  ...microsoftTeams,
  ...mollie,
  ...moralis,
  ...nylas,
  ...okta,
  ...okx,
  ...onesignal,
  ...onfido,
  ...openweather,
  ...ory,
  ...paddle,
  ...paypal,
  ...persona,
  ...pinterest,
  ...pipedrive,
  ...plaid,
  ...plivo,
  ...polar,
  ...polygonIo,
  ...postmark,
  ...pushover,
  ...quickbooks,
  ...quicknode,
  ...ramp,
  ...razorpay,
  ...recaptcha,
  ...reddit,
  ...resend,
  ...salesforce,
  ...sendgrid,
  ...shippo,
  ...shopify,
  ...slack,
  ...spotify,
  ...square,
  ...stripe,
  ...stytch,
  ...sumup,
  ...telegram,
  ...telnyx,
  ...tomtom,
  ...twilio,
  ...twitch,
  ...twitter,
  ...typeform,
  ...vonage,
  ...webex,
  ...wecom,
  ...wise,
  ...woocommerce,
  ...xero,
  ...zapier,
  ...zendesk,
  ...zoom,
  ...zulip,
]
