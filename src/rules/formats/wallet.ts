import { isSeedPhrase } from '../../detect/credential.js'
import { isMixed } from '../checks.js'
import { defineRules } from '../define.js'

const WORD = '(?!(?:the|and|for|from|with|are|was|your|has|not|but|please|then)\\b)[a-z]{3,8}'
const words = (count: number): string => Array(count).fill(WORD).join('[ ,]{1,2}')
const more = (rest: string): string => `(?:[ ,]{1,2}${words(3)}${rest})?`
const NAMES = [
  ...['mnemonic', 'seed phrase', 'seed words', 'seed_phrase', 'seedphrase', 'recovery phrase', 'recovery words'],
  ...[
    'recovery_phrase',
    'recoveryphrase',
    'secret phrase',
    'secret_phrase',
    'backup phrase',
    'wallet phrase',
    'wallet words',
  ],
]

/** Keys of wallets, as the Bitcoin proposals write them; other chains took them over. */
export const wallet = [
  ...defineRules({ provider: 'BIP-39', link: 'https://github.com/bitcoin/bips/blob/master/bip-0039.mediawiki' }, [
    {
      id: 'wallet-seed-phrase',
      title: 'Seed phrase of a wallet, behind a word that says so',
      severity: 'critical',
      confidence: 'medium',
      definition: {
        anchors: NAMES,
        caseInsensitive: true,
        pattern: `(?:${NAMES.join('|')})(?: phrase| words| code)?(?: \\([^()\\n]{1,40}\\))?["'\`]?\\s{0,3}(?:is|are|was|=>|[:=])?[\\s"'\`([]{0,6}(?<secret>${words(12)}${more(more(more(more(''))))})(?! ?[,-]?[a-z])`,
        leftBoundary: 'none',
        maxLength: 2048,
      },
      validate: isSeedPhrase,
      examples: [
        'seed phrase: <<{{mnemonic:12}}>>',
        'Mnemonic: <<{{mnemonic:24}}>>',
        '"mnemonic": "<<{{mnemonic:15}}>>"',
      ],
      nonExamples: ['seed phrase: twelve words that only the owner should ever know or write down anywhere'],
    },
  ]),
  ...defineRules({ provider: 'BIP-32', link: 'https://github.com/bitcoin/bips/blob/master/bip-0032.mediawiki' }, [
    {
      id: 'wallet-extended-private-key',
      title: 'Extended private key of a wallet',
      severity: 'critical',
      definition: { anchors: ['xprv', 'yprv', 'zprv', 'tprv'], pattern: '[xyzt]prv[1-9A-HJ-NP-Za-km-z]{107}' },
      validate: isMixed,
      examples: ['xprv{{base58:107}}'],
      nonExamples: ['xpub{{base58:107}}', 'xprv{{base58:40}}'],
    },
  ]),
  ...defineRules({ provider: 'Wallet import format', link: 'https://en.bitcoin.it/wiki/Wallet_import_format' }, [
    {
      id: 'wallet-import-format-key',
      title: 'Private key of a Bitcoin address',
      severity: 'critical',
      confidence: 'medium',
      definition: { anchors: [], pattern: '(?:5[HJK][1-9A-HJ-NP-Za-km-z]{49}|[KLc][1-9A-HJ-NP-Za-km-z]{51})' },
      context: {
        keys: ['bitcoin', 'wifkey', 'walletkey', 'walletprivate', 'keywif', 'btckey'],
        near: ['bitcoin', 'wallet', 'wif key', 'in wif', 'dumpprivkey', 'importprivkey', 'privkey'],
      },
      validate: isMixed,
      examples: ['5J{{base58:49}}', 'K{{base58:51}}'],
      nonExamples: ['bc1q{{lower36:38}}'],
    },
  ]),
  ...defineRules({ provider: 'Nostr', link: 'https://github.com/nostr-protocol/nips/blob/master/19.md' }, [
    {
      id: 'nostr-private-key',
      title: 'Nostr private key',
      severity: 'critical',
      definition: { anchors: ['nsec1'], pattern: 'nsec1[qpzry9x8gf2tvdw0s3jn54khce6mua7l]{58}' },
      examples: ['nsec1{{lowerBech32:58}}'],
      nonExamples: ['npub1{{lowerBech32:58}}', 'nsec1short'],
    },
  ]),
  ...defineRules(
    { provider: 'Sui', link: 'https://docs.sui.io/concepts/cryptography/transaction-auth/keys-addresses' },
    [
      {
        id: 'sui-private-key',
        title: 'Private key of a Sui address',
        severity: 'critical',
        definition: { anchors: ['suiprivkey1'], pattern: 'suiprivkey1[qpzry9x8gf2tvdw0s3jn54khce6mua7l]{59}' },
        examples: ['suiprivkey1{{lowerBech32:59}}'],
        nonExamples: ['suiprivkey1short'],
      },
    ],
  ),
  ...defineRules(
    { provider: 'Stellar', link: 'https://github.com/stellar/stellar-protocol/blob/master/ecosystem/sep-0023.md' },
    [
      {
        id: 'stellar-secret-seed',
        title: 'Secret seed of a Stellar account',
        severity: 'critical',
        confidence: 'medium',
        definition: { anchors: [], pattern: 'S[A-D][A-Z2-7]{54}' },
        context: {
          keys: ['stellarsecret', 'stellarseed', 'stellarkey'],
          near: ['stellar secret', 'stellar seed', 'secret seed', 'stellarsecret'],
        },
        examples: ['SA{{upper32:54}}'],
        nonExamples: ['GA{{upper32:54}}'],
      },
    ],
  ),
]
