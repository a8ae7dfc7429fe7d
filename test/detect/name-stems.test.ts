import { describe, expect, it } from 'vitest'
import { fieldClass } from '../../src/detect/fields.js'
import { Scanner } from '../../src/detect/scanner.js'
import { stockRules } from '../../src/rules/index.js'
import { fillExample, seededRandom } from '../../src/testing/templates.js'

const withKernel = new Scanner(stockRules)
const without = new Scanner(stockRules, undefined, undefined, Number.POSITIVE_INFINITY)
const random = seededRandom(41)
const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!
/** Written down once more: a word that the list of stems forgot must be seen to be missing. */
const WORDS = (
  'password passwort kennwort senha mdp clave pwd pswd pw pass passe secret apikey key keys token tokens jwt credential ' +
  'cookie authorization bearer auth basic header pat sid connect mnemonic seed phrase words recovery backup code codes dsn ' +
  'conn connection string str wif schlussel cle chave llave jsessionid phpsessid geheimnis segredo parola heslo sifre jeton ' +
  'wallet hd otp master api client access private storage db x my user app prod 2 v1 old id url name value base64 data'
).split(' ')

/** Of one to four words, in one of the spellings that names have. */
function someName(): string {
  const words = Array.from({ length: 1 + Math.floor(random() * 4) }, () => pick(WORDS))
  const capital = (word: string) => word[0]!.toUpperCase() + word.slice(1)
  return pick([
    () => words.join('_'),
    () => words.join('-'),
    () => words.join('_').toUpperCase(),
    () => words.map((word, i) => (i === 0 ? word : capital(word))).join(''),
    () => words.join(''),
  ])()
}

describe('names that the kernel passes over', () => {
  it('are in no class: whatever reads as a credential is found with it as without it', () => {
    let named = 0
    for (let round = 0; round < 4000; round++) {
      const name = someName().slice(0, 60)
      if (fieldClass(name) !== undefined) named++
      const secret = fillExample('{{base62:24}}', random).text
      for (const text of [`${name} = "${secret}" `, JSON.stringify({ a: JSON.stringify({ [name]: secret }) })]) {
        const spans = (scanner: Scanner) => scanner.scan(text).map(({ rule, start, end }) => [rule.id, start, end])
        expect(spans(withKernel), text).toEqual(spans(without))
      }
    }
    expect(named).toBeGreaterThan(1000)
  })

  it('hold no key of a rule, in whichever way it is written', () => {
    for (const { id, context, examples } of stockRules) {
      const secret = fillExample(examples[0]!, random).text
      for (const key of context?.keys ?? []) {
        const at = 1 + Math.floor(random() * (key.length - 1))
        for (const name of [key, key.toUpperCase(), `${key.slice(0, at)}_${key.slice(at)}`, `my-${key}`]) {
          const text = `{"${name}":"${secret}"}`
          expect(withKernel.scan(text), `${id}: ${text}`).toEqual(without.scan(text))
        }
      }
    }
  })
})
