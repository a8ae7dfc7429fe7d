import type { Dice, Make } from '../dice.js'
import { vendorProse } from '../noise/vendors.js'

const SUBJECTS = [
  'the invoice',
  'this order',
  'our warehouse',
  'the release',
  'your account',
  'the customer',
  'the index',
]
const VERBS = ['was delayed by', 'does not match', 'depends on', 'has been checked against', 'refers to', 'replaces']
const OBJECTS = [
  'the token usage of last week',
  'a password policy that nobody reads',
  'the primary key of the table',
  'the basic plan',
  'the bearer of bad news',
  'a cookie banner',
  'the secret ingredient',
  'two shipments from Hamburg',
  'the session that ended at noon',
  'a signature on page four',
]
const TAILS = ['.', '.', '.', '!', '?', ': see below.', ' (again).', '; the rest is fine.']

/** One line of each: what a locale file or a customer writes. */
const OTHER_SCRIPTS = [
  'Die Bestellung wurde am Dienstag geprüft; das Kennwort bleibt unverändert und der Schlüssel liegt im Büro.',
  'Le client a demandé une copie de la facture, et le mot de passe doit être changé avant lundi.',
  'El pedido llegó con dos días de retraso; la contraseña caduca cada noventa días.',
  'O cliente pediu o reembolso, e a senha precisa ter oito caracteres.',
  'Заказ задержан на складе, пароль должен содержать не менее восьми символов.',
  'Замовлення затримано, ключ доступу зберігається окремо.',
  '注文は倉庫で確認中です。パスワードは九十日ごとに変更してください。',
  '订单已经发货,密码不能与前三次相同,令牌将在一小时后过期。',
  '주문이 지연되었습니다. 비밀번호는 여덟 자 이상이어야 합니다.',
  'تم تأخير الطلب في المستودع، ويجب ألا تقل كلمة المرور عن ثمانية أحرف.',
  'ऑर्डर में देरी हुई है, और पासवर्ड कम से कम आठ अक्षरों का होना चाहिए।',
  'Zamówienie zostało opóźnione, a hasło musi mieć co najmniej osiem znaków.',
]

export function sentence(dice: Dice): string {
  const text = `${dice.pick(SUBJECTS)} ${dice.pick(VERBS)} ${dice.pick(OBJECTS)}${dice.pick(TAILS)}`
  return text[0]!.toUpperCase() + text.slice(1)
}

export const paragraph = (dice: Dice, most = 9): string => dice.times(1, most, () => sentence(dice)).join(' ')

export const otherScript: Make = (dice) => dice.times(1, 5, () => dice.pick(OTHER_SCRIPTS)).join(' ')

export const markdown: Make = (dice) =>
  [
    `## ${sentence(dice)}`,
    paragraph(dice),
    ...dice.times(2, 6, () => `- **${dice.pick(SUBJECTS)}**: ${sentence(dice)}`),
    `| id | amount | state |\n|---|---|---|`,
    ...dice.times(
      1,
      5,
      () => `| ${dice.hex(8)} | ${dice.whole(1, 9000)}.${dice.whole(10, 99)} | ${dice.pick(VERBS)} |`,
    ),
    `See [the docs](https://docs.example.com/${dice.hex(6)}/start?page=${dice.whole(1, 80)}#${dice.hex(4)}).`,
  ].join('\n')

/** What a person or a model says. */
export function message(dice: Dice): string {
  const kind = dice.random()
  if (kind < 0.08) return otherScript(dice)
  if (kind < 0.25) return markdown(dice)
  if (kind < 0.35) return vendorProse(dice)
  return dice.times(1, 4, () => paragraph(dice)).join('\n\n')
}
