import type { LookAlikes } from './make.js'

/** Text that speaks of credentials and holds none, in the languages that users write. */
const LANGUAGES: Readonly<Record<string, readonly string[]>> = {
  English: [
    'The password is strong enough, and the token budget is 4,000 tokens. Ask the secretary for the key to the office.',
    'Set the password: required. Token: see the docs. API key: none needed. Secret: ask an admin.',
    'Authorization: Bearer tokens are required for this endpoint. Basic authentication is deprecated.',
    'We use cookies: necessary, statistics and marketing. Session cookies expire when you close the browser.',
    'The key is that the token expires after 3600 seconds; the secret to success is a password manager.',
    'Password must contain at least 8 characters, 1 uppercase letter, 1 number and 1 symbol (e.g. !@#$%).',
    'Your password was changed on 2026-01-12 at 10:41. If this was not you, reset it at https://example.com/reset.',
    'Token usage: prompt=812, completion=40, total=852. Key metrics: p95=120ms, p99=480ms.',
  ],
  German: [
    'Das Passwort wurde geändert. Bitte melden Sie sich mit Ihrem Benutzernamen und dem neuen Kennwort an.',
    'Passwort: erforderlich. Schlüssel: siehe Handbuch, Seite 12. Zugangscode wird per Post zugestellt.',
  ],
  French: [
    'Le mot de passe est obligatoire : saisissez au moins 12 caractères, puis validez avec la clé.',
    'Mot de passe : oublié ? Jeton : expiré depuis 3 jours. Clé API : voir la documentation.',
  ],
  Spanish: ['Contraseña: obligatoria. La clave secreta no se muestra. El token: caducado hace 2 horas.'],
  Portuguese: ['Senha: obrigatória, mínimo de 8 caracteres. A chave de acesso está no cofre do 3º andar.'],
  Italian: ['Password: obbligatoria. Il token è scaduto; la chiave segreta non viene mai mostrata.'],
  Dutch: ['Wachtwoord: verplicht. De sleutel ligt bij de receptie en het token verloopt om 18:00.'],
  Polish: ['Hasło: wymagane. Klucz tajny nie jest wyświetlany; token wygasł 2 godziny temu.'],
  Turkish: ['Şifre: zorunlu. Gizli anahtar gösterilmez; belirteç 2 saat önce sona erdi.'],
  Russian: ['Пароль должен содержать не менее 8 символов; ключ доступа хранится отдельно. Токен: истёк.'],
  Ukrainian: ['Пароль: обовʼязковий. Секретний ключ не показується, токен дійсний 24 години.'],
  Japanese: ['パスワードを入力してください。トークンの有効期限は1時間です。秘密鍵:非表示。'],
  Chinese: ['密码不能为空。令牌已过期,请重新登录。密钥:请联系管理员。口令:至少8位。'],
  Korean: ['비밀번호: 필수 입력. 토큰이 만료되었습니다. 비밀 키: 표시 안 함.'],
  Arabic: ['كلمة المرور مطلوبة. الرمز المميز منتهي الصلاحية. المفتاح السري: غير معروض.'],
  Hindi: ['पासवर्ड: आवश्यक। टोकन समाप्त हो गया है। गुप्त कुंजी: दिखाई नहीं जाती।'],
  Hebrew: ['סיסמה: חובה. המפתח הסודי אינו מוצג, והאסימון פג לפני שעתיים.'],
  Vietnamese: ['Mật khẩu: bắt buộc. Khóa bí mật không được hiển thị; mã thông báo đã hết hạn.'],
}

const paragraph = (sentences: readonly string[]) => (random: () => number) => {
  const at = Math.floor(random() * sentences.length)
  return [...sentences.slice(at), ...sentences.slice(0, at)].join(' ')
}

export const prose: LookAlikes = Object.fromEntries(
  Object.entries(LANGUAGES).map(([language, sentences]) => [`${language} on passwords`, paragraph(sentences)]),
)

export const SENTENCES: readonly string[] = Object.values(LANGUAGES).flat()
