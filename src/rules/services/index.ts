import type { Rule } from '../../detect/types.js'
import { activecampaign } from './activecampaign.js'
import { adobe } from './adobe.js'
import { adyen } from './adyen.js'
import { airship } from './airship.js'
import { alchemy } from './alchemy.js'
import { alpaca } from './alpaca.js'
import { alphaVantage } from './alpha-vantage.js'
import { amazonLwa } from './amazon-lwa.js'
import { apolloIo } from './apollo-io.js'
import { ashby } from './ashby.js'
import { attio } from './attio.js'
import { auth0 } from './auth0.js'
import { bamboohr } from './bamboohr.js'
import { bigcommerce } from './bigcommerce.js'
import { binance } from './binance.js'
import { bitfinex } from './bitfinex.js'
import { bitgo } from './bitgo.js'
import { bitly } from './bitly.js'
import { blockfrost } from './blockfrost.js'
import { bluesky } from './bluesky.js'
import { box } from './box.js'
import { braintree } from './braintree.js'
import { braze } from './braze.js'
import { brevo } from './brevo.js'
import { brex } from './brex.js'
import { bybit } from './bybit.js'
import { calCom } from './cal-com.js'
import { cashfree } from './cashfree.js'
import { chargebee } from './chargebee.js'
import { chatwoot } from './chatwoot.js'
import { checkoutCom } from './checkout-com.js'
import { circle } from './circle.js'
import { clearbit } from './clearbit.js'
import { close } from './close.js'
import { coinbase } from './coinbase.js'
import { coingecko } from './coingecko.js'
import { coinmarketcap } from './coinmarketcap.js'
import { courier } from './courier.js'
import { covalent } from './covalent.js'
import { crossmint } from './crossmint.js'
import { cryptocompare } from './cryptocompare.js'
import { customerio } from './customerio.js'
import { deepl } from './deepl.js'
import { dingtalk } from './dingtalk.js'
import { discord } from './discord.js'
import { docusign } from './docusign.js'
import { dropbox } from './dropbox.js'
import { dropboxSign } from './dropbox-sign.js'
import { duffel } from './duffel.js'
import { dune } from './dune.js'
import { duo } from './duo.js'
import { dynamic } from './dynamic.js'
import { easypost } from './easypost.js'
import { ebay } from './ebay.js'
import { elasticEmail } from './elastic-email.js'
import { etherscan } from './etherscan.js'
import { eventbrite } from './eventbrite.js'
import { facebook } from './facebook.js'
import { finnhub } from './finnhub.js'
import { flutterwave } from './flutterwave.js'
import { fmp } from './fmp.js'
import { frameIo } from './frame-io.js'
import { freshdesk } from './freshdesk.js'
import { giphy } from './giphy.js'
import { gocardless } from './gocardless.js'
import { googleChat } from './google-chat.js'
import { gorgias } from './gorgias.js'
import { greenhouse } from './greenhouse.js'
import { gumroad } from './gumroad.js'
import { hcaptcha } from './hcaptcha.js'
import { helius } from './helius.js'
import { helpscout } from './helpscout.js'
import { here } from './here.js'
import { hubspot } from './hubspot.js'
import { hunter } from './hunter.js'
import { ifttt } from './ifttt.js'
import { infura } from './infura.js'
import { intercom } from './intercom.js'
import { iterable } from './iterable.js'
import { jotform } from './jotform.js'
import { jumpcloud } from './jumpcloud.js'
import { kit } from './kit.js'
import { klaviyo } from './klaviyo.js'
import { knock } from './knock.js'
import { kraken } from './kraken.js'
import { kucoin } from './kucoin.js'
import { lark } from './lark.js'
import { lemlist } from './lemlist.js'
import { line } from './line.js'
import { linkedin } from './linkedin.js'
import { lob } from './lob.js'
import { loops } from './loops.js'
import { mailchimp } from './mailchimp.js'
import { mailersend } from './mailersend.js'
import { mailgun } from './mailgun.js'
import { mailjet } from './mailjet.js'
import { mailtrap } from './mailtrap.js'
import { make } from './make.js'
import { mandrill } from './mandrill.js'
import { mapbox } from './mapbox.js'
import { matrix } from './matrix.js'
import { mattermost } from './mattermost.js'
import { maxmind } from './maxmind.js'
import { mercadoPago } from './mercado-pago.js'
import { mercury } from './mercury.js'
import { messagebird } from './messagebird.js'
import { microsoftTeams } from './microsoft-teams.js'
import { midtrans } from './midtrans.js'
import { mollie } from './mollie.js'
import { moralis } from './moralis.js'
import { nasa } from './nasa.js'
import { newsapi } from './newsapi.js'
import { novu } from './novu.js'
import { nylas } from './nylas.js'
import { oanda } from './oanda.js'
import { okta } from './okta.js'
import { okx } from './okx.js'
import { omise } from './omise.js'
import { onelogin } from './onelogin.js'
import { onesignal } from './onesignal.js'
import { onfido } from './onfido.js'
import { opensea } from './opensea.js'
import { openweather } from './openweather.js'
import { ory } from './ory.js'
import { paddle } from './paddle.js'
import { pandadoc } from './pandadoc.js'
import { paypal } from './paypal.js'
import { persona } from './persona.js'
import { pexels } from './pexels.js'
import { pinata } from './pinata.js'
import { pinterest } from './pinterest.js'
import { pipedrive } from './pipedrive.js'
import { plaid } from './plaid.js'
import { plain } from './plain.js'
import { plivo } from './plivo.js'
import { polar } from './polar.js'
import { polygonIo } from './polygon-io.js'
import { postmark } from './postmark.js'
import { pushover } from './pushover.js'
import { pylon } from './pylon.js'
import { quickbooks } from './quickbooks.js'
import { quicknode } from './quicknode.js'
import { ramp } from './ramp.js'
import { razorpay } from './razorpay.js'
import { recaptcha } from './recaptcha.js'
import { recurly } from './recurly.js'
import { reddit } from './reddit.js'
import { resend } from './resend.js'
import { rocketChat } from './rocket-chat.js'
import { salesforce } from './salesforce.js'
import { samsara } from './samsara.js'
import { sendbird } from './sendbird.js'
import { sendgrid } from './sendgrid.js'
import { servicenow } from './servicenow.js'
import { shippo } from './shippo.js'
import { shopify } from './shopify.js'
import { slack } from './slack.js'
import { sparkpost } from './sparkpost.js'
import { spotify } from './spotify.js'
import { square } from './square.js'
import { stripe } from './stripe.js'
import { stytch } from './stytch.js'
import { sumsub } from './sumsub.js'
import { sumup } from './sumup.js'
import { surveymonkey } from './surveymonkey.js'
import { tally } from './tally.js'
import { tatum } from './tatum.js'
import { telegram } from './telegram.js'
import { telnyx } from './telnyx.js'
import { tiingo } from './tiingo.js'
import { tiktok } from './tiktok.js'
import { tmdb } from './tmdb.js'
import { tomtom } from './tomtom.js'
import { twelveData } from './twelve-data.js'
import { twilio } from './twilio.js'
import { twitch } from './twitch.js'
import { twitter } from './twitter.js'
import { typeform } from './typeform.js'
import { unsplash } from './unsplash.js'
import { vimeo } from './vimeo.js'
import { vonage } from './vonage.js'
import { webex } from './webex.js'
import { wecom } from './wecom.js'
import { wise } from './wise.js'
import { woocommerce } from './woocommerce.js'
import { workos } from './workos.js'
import { xendit } from './xendit.js'
import { xero } from './xero.js'
import { yelp } from './yelp.js'
import { zapier } from './zapier.js'
import { zendesk } from './zendesk.js'
import { zerion } from './zerion.js'
import { zoho } from './zoho.js'
import { zoom } from './zoom.js'
import { zulip } from './zulip.js'

export const services: readonly Rule[] = [
  ...matrix,
  ...activecampaign,
  ...adobe,
  ...adyen,
  ...airship,
  ...alchemy,
  ...alpaca,
  ...alphaVantage,
  ...amazonLwa,
  ...apolloIo,
  ...ashby,
  ...attio,
  ...auth0,
  ...bamboohr,
  ...bigcommerce,
  ...binance,
  ...bitfinex,
  ...bitgo,
  ...bitly,
  ...blockfrost,
  ...bluesky,
  ...box,
  ...braintree,
  ...braze,
  ...brevo,
  ...brex,
  ...bybit,
  ...calCom,
  ...cashfree,
  ...chargebee,
  ...chatwoot,
  ...checkoutCom,
  ...circle,
  ...clearbit,
  ...close,
  ...coinbase,
  ...coingecko,
  ...coinmarketcap,
  ...courier,
  ...covalent,
  ...crossmint,
  ...cryptocompare,
  ...customerio,
  ...deepl,
  ...dingtalk,
  ...discord,
  ...docusign,
  ...dropbox,
  ...dropboxSign,
  ...duffel,
  ...dune,
  ...duo,
  ...dynamic,
  ...easypost,
  ...ebay,
  ...elasticEmail,
  ...etherscan,
  ...eventbrite,
  ...facebook,
  ...finnhub,
  ...flutterwave,
  ...fmp,
  ...frameIo,
  ...freshdesk,
  ...giphy,
  ...gocardless,
  ...googleChat,
  ...gorgias,
  ...greenhouse,
  ...gumroad,
  ...hcaptcha,
  ...helius,
  ...helpscout,
  ...here,
  ...hubspot,
  ...hunter,
  ...ifttt,
  ...infura,
  ...intercom,
  ...iterable,
  ...jotform,
  ...jumpcloud,
  ...kit,
  ...klaviyo,
  ...knock,
  ...kraken,
  ...kucoin,
  ...lark,
  ...lemlist,
  ...line,
  ...linkedin,
  ...lob,
  ...loops,
  ...mailchimp,
  ...mailersend,
  ...mailgun,
  ...mailjet,
  ...mailtrap,
  ...make,
  ...mandrill,
  ...mapbox,
  ...mattermost,
  ...maxmind,
  ...mercadoPago,
  ...mercury,
  ...messagebird,
  ...microsoftTeams,
  ...midtrans,
  ...mollie,
  ...moralis,
  ...nasa,
  ...newsapi,
  ...novu,
  ...nylas,
  ...oanda,
  ...okta,
  ...okx,
  ...omise,
  ...onelogin,
  ...onesignal,
  ...onfido,
  ...opensea,
  ...openweather,
  ...ory,
  ...paddle,
  ...pandadoc,
  ...paypal,
  ...persona,
  ...pexels,
  ...pinata,
  ...pinterest,
  ...pipedrive,
  ...plaid,
  ...plain,
  ...plivo,
  ...polar,
  ...polygonIo,
  ...postmark,
  ...pushover,
  ...pylon,
  ...quickbooks,
  ...quicknode,
  ...ramp,
  ...razorpay,
  ...recaptcha,
  ...recurly,
  ...reddit,
  ...resend,
  ...rocketChat,
  ...salesforce,
  ...samsara,
  ...sendbird,
  ...sendgrid,
  ...servicenow,
  ...shippo,
  ...shopify,
  ...slack,
  ...sparkpost,
  ...spotify,
  ...square,
  ...stripe,
  ...stytch,
  ...sumsub,
  ...sumup,
  ...surveymonkey,
  ...tally,
  ...tatum,
  ...telegram,
  ...telnyx,
  ...tiingo,
  ...tiktok,
  ...tmdb,
  ...tomtom,
  ...twelveData,
  ...twilio,
  ...twitch,
  ...twitter,
  ...typeform,
  ...unsplash,
  ...vimeo,
  ...vonage,
  ...webex,
  ...wecom,
  ...wise,
  ...woocommerce,
  ...workos,
  ...xendit,
  ...xero,
  ...yelp,
  ...zapier,
  ...zendesk,
  ...zerion,
  ...zoho,
  ...zoom,
  ...zulip,
]
