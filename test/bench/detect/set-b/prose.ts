import type { Dice, Make } from '../dice.js'
import { vendorProse } from '../noise/vendors.js'

const OPENERS = [
  'I looked into it and',
  'As far as we know,',
  'Earlier today',
  'According to the log,',
  'For the record,',
  'Note that',
]
const MIDDLES = [
  'the gateway rejected nine requests',
  'nobody had rotated the credentials page since spring',
  'the parser read one token too many',
  'the onboarding form asks for a password twice',
  'the api key field is optional',
  'our Kubernetes secret store was renamed',
  'the authorization step took eleven seconds',
  'a cookie recipe appeared in the search results',
  'the private beta closes on Friday',
  'the session notes were summarized',
  'the public key was published in the keynote',
]
const CLOSERS = ['', ', which is expected', ', so I retried it', ' and nothing else changed', ' (see ticket 4711)']
const PHRASES = [
  'Bitte prüfen Sie die Zugangsdaten: Benutzername und Passwort stimmen nicht überein.',
  'Veuillez saisir votre jeton d’accès, puis confirmez le nouveau mot de passe.',
  'Introduzca su clave de acceso; el token: caducado.',
  'Inserisci la password: obbligatoria. La chiave segreta non viene mai mostrata.',
  'Şifreniz en az sekiz karakter olmalıdır; anahtar dosyada saklanır.',
  'Vul uw wachtwoord in; de geheime sleutel staat in de kluis.',
  'Введите пароль: обязательное поле. Секретный ключ не показывается.',
  'パスワード:必須。シークレットキーは表示されません。',
  '请输入密码:必填。密钥:请联系管理员。',
  '비밀번호: 필수. 토큰: 만료됨.',
  'أدخل كلمة المرور: مطلوبة. المفتاح السري: غير معروض.',
  'पासवर्ड: आवश्यक। टोकन: समाप्त।',
  'Mật khẩu: bắt buộc. Khóa bí mật không được hiển thị.',
  'Ange lösenord: krävs. Nyckeln finns i valvet.',
]

export const line: Make = (dice) => `${dice.pick(OPENERS)} ${dice.pick(MIDDLES)}${dice.pick(CLOSERS)}.`

export const passage = (dice: Dice, most = 7): string => dice.times(1, most, () => line(dice)).join(' ')

export const foreign: Make = (dice) => dice.times(1, 6, () => dice.pick(PHRASES)).join('\n')

export const answer: Make = (dice) =>
  [
    `**Summary** — ${line(dice)}`,
    ...dice.times(2, 7, (i) => `${i + 1}. ${line(dice)}`),
    '```json',
    JSON.stringify({ ok: dice.chance(0.5), revision: dice.hex(40), items: dice.times(1, 4, () => dice.whole(0, 999)) }),
    '```',
    `> ${passage(dice, 3)}`,
  ].join('\n')

export function utterance(dice: Dice): string {
  const kind = dice.random()
  if (kind < 0.1) return foreign(dice)
  if (kind < 0.3) return answer(dice)
  if (kind < 0.4) return vendorProse(dice)
  return dice.times(1, 3, () => passage(dice)).join('\n')
}
