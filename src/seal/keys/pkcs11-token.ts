import { ConfigError, foreignCode, KeyInvalidError, KeyProviderError, SecretSafeError } from '../../errors.js'
import { type Graphene, type Key, Pkcs11Library, type Session } from './pkcs11-library.js'

/** A PIN that was refused is never tried again: after a few tries a token locks itself for good. */
const PIN_CODE = /^CKR_(?:PIN_|USER_PIN_)/
const ALREADY = 'CKR_USER_ALREADY_LOGGED_IN'
/** More than any answer to 32 bytes takes. */
const ANSWER_BYTES = 256

export interface Pkcs11Location {
  /** Path of the token's library, such as `/usr/lib/softhsm/libsofthsm2.so`. */
  readonly modulePath: string
  /** Label of the token. */
  readonly token: string
  /** Label of an AES key in it. */
  readonly object?: string
  /** CKA_ID of the key, in hex; for keys that share a label. */
  readonly id?: string
  readonly pin: string | (() => string | Promise<string>)
}

/** What one AES-GCM operation takes. */
export interface GcmInput {
  readonly nonce: Uint8Array
  readonly aad: Uint8Array
  readonly data: Uint8Array
}

interface Opened {
  readonly graphene: Graphene
  readonly session: Session
  readonly key: Key
  /** CKA_ID in hex, else the label: what the key is called. */
  readonly name: string
}

/** One key in one token: a session that is opened on first use, and again after it was lost. */
export class Pkcs11Token {
  readonly #location: Pkcs11Location
  readonly #library: Pkcs11Library
  #opened: Opened | undefined
  #pinRefused: KeyInvalidError | undefined

  constructor(location: Pkcs11Location) {
    this.#location = location
    this.#library = Pkcs11Library.at(location.modulePath)
  }

  /** CKA_ID in hex, else the label. @throws as `run` */
  keyName(): Promise<string> {
    return this.#library.exclusively(async () => (await this.#open()).name)
  }

  /** @throws KeyProviderError (retryable), KeyInvalidError for a PIN that was refused, ConfigError for a missing key. */
  run(operation: 'encrypt' | 'decrypt', input: GcmInput): Promise<Uint8Array> {
    return this.#library.exclusively(async () => {
      try {
        return await gcm(await this.#open(), operation, input)
      } catch (error) {
        if (isOurs(error)) throw error
        // The token may have been away: handles die with it, and a new session finds it again.
        this.#drop()
      }
      try {
        return await gcm(await this.#open(), operation, input)
      } catch (error) {
        throw isOurs(error) ? error : unavailable(error)
      }
    })
  }

  close(): Promise<void> {
    return this.#library.exclusively(async () => this.#drop())
  }

  async #open(): Promise<Opened> {
    if (this.#opened !== undefined) return this.#opened
    if (this.#pinRefused !== undefined) throw this.#pinRefused
    const pin = typeof this.#location.pin === 'function' ? await this.#location.pin() : this.#location.pin
    try {
      this.#opened = await this.#connect(pin).catch((error: unknown) => {
        if (isOurs(error)) throw error
        this.#library.stop()
        return this.#connect(pin)
      })
      return this.#opened
    } catch (error) {
      if (error instanceof KeyInvalidError) this.#pinRefused = error
      throw isOurs(error) ? error : unavailable(error)
    }
  }

  async #connect(pin: string): Promise<Opened> {
    const { graphene, module } = await this.#library.start()
    const slots = module.getSlots(true)
    const slot = Array.from({ length: slots.length }, (_, i) => slots.items(i)).find(
      (item) => item.getToken().label.trimEnd() === this.#location.token,
    )
    if (slot === undefined) throw new Error('CKR_TOKEN_NOT_PRESENT')
    const session = slot.open(graphene.SessionFlag.SERIAL_SESSION)
    try {
      login(session, pin)
      return { graphene, session, ...this.#findKey(graphene, session) }
    } catch (error) {
      session.close()
      throw error
    }
  }

  #findKey(graphene: Graphene, session: Session): Pick<Opened, 'key' | 'name'> {
    const { object, id } = this.#location
    const found = session.find({
      class: graphene.ObjectClass.SECRET_KEY,
      keyType: graphene.KeyType.AES,
      ...(object === undefined ? {} : { label: object }),
      ...(id === undefined ? {} : { id: Buffer.from(id, 'hex') }),
    })
    if (found.length !== 1) {
      throw new ConfigError(`The PKCS#11 address names ${found.length} AES keys in its token; it must name one.`)
    }
    const key = found.items(0).toType<Key>()
    const keyId = key.getAttribute('id') as Buffer
    return { key, name: keyId.length > 0 ? keyId.toString('hex') : `object=${String(object)}` }
  }

  #drop(): void {
    const opened = this.#opened
    this.#opened = undefined
    try {
      opened?.session.close()
    } catch {
      // It is gone already, with its token.
    }
  }
}

function isOurs(error: unknown): error is SecretSafeError {
  return error instanceof SecretSafeError
}

function login(session: Session, pin: string): void {
  try {
    session.login(pin)
  } catch (error) {
    const code = pkcs11Code(error)
    if (code === ALREADY) return
    if (PIN_CODE.test(code))
      throw new KeyInvalidError(`The PKCS#11 token refused its PIN (${code}); it is not tried again.`)
    throw error
  }
}

function gcm({ graphene, session, key }: Opened, operation: 'encrypt' | 'decrypt', input: GcmInput) {
  const params = new graphene.AesGcm240Params(Buffer.from(input.nonce), Buffer.from(input.aad), 128)
  const mechanism = { name: 'AES_GCM', params }
  const cipher = operation === 'encrypt' ? session.createCipher(mechanism, key) : session.createDecipher(mechanism, key)
  return new Promise<Uint8Array>((resolve, reject) => {
    cipher.once(Buffer.from(input.data), Buffer.alloc(ANSWER_BYTES), (error, data) => {
      if (error) reject(error)
      else resolve(Uint8Array.from(data))
    })
  })
}

function unavailable(error: unknown): KeyProviderError {
  const code = pkcs11Code(error)
  return new KeyProviderError(`The PKCS#11 token did not serve the key (${code}). Retry.`, true, { cause: { code } })
}

/** A Cryptoki error's message is its code's name; any other message is left out. */
function pkcs11Code(error: unknown): string {
  const message = error instanceof Error ? error.message : ''
  return /^CKR_\w{1,60}$/.test(message) ? message : (foreignCode(error)?.code ?? 'Error')
}
