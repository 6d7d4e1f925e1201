/**
 * Which placeholder stands for which value. The list is kept in the original case (`redaction.json`), so that a value has
 * the same placeholder in every copy; it never goes into a package.
 */
import { createHmac, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../common/errors'
import { type RedactedKind, redactedKinds } from '../../contract/share'
import { canonicalIp } from '../formats/shared/address'
import { asIoError, writeFileAtomic } from '../io'

export const redactionFile = 'redaction.json'

export const valueKinds = [...redactedKinds, 'own'] as const
export type ValueKind = RedactedKind | 'own'

const File = z.strictObject({
  format: z.literal(1),
  /** Ids of the copy are made with it; 32 bytes in hex. */
  key: z.string().regex(/^[0-9a-f]{64}$/),
  placeholders: z.array(z.strictObject({ kind: z.enum(valueKinds), value: z.string(), placeholder: z.string() })),
})

export class Placeholders {
  readonly #key: Buffer
  readonly #byValue = new Map<
    string,
    { readonly kind: ValueKind; readonly value: string; readonly placeholder: string }
  >()
  readonly #counts = new Map<string, number>()
  readonly #taken = new Set<string>()
  /** Addresses of the case: none of them may stand for another one. */
  readonly #originals = new Set<string>()

  constructor(key: Buffer, known: z.infer<typeof File>['placeholders'] = []) {
    this.#key = key
    for (const one of known) this.#keep(one.kind, one.value, one.placeholder)
  }

  /** Errors: `input.refused` where the file is not ours. */
  static async load(folder: string): Promise<Placeholders> {
    const text = await readFile(join(folder, redactionFile), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined
      throw asIoError(error, 'The list of placeholders cannot be read.')
    })
    if (text === undefined) return new Placeholders(randomBytes(32))
    try {
      const { key, placeholders } = File.parse(JSON.parse(text))
      return new Placeholders(Buffer.from(key, 'hex'), placeholders)
    } catch (error) {
      throw new AppError('input.refused', `${redactionFile} of the case is damaged.`, {}, { cause: error })
    }
  }

  async save(folder: string): Promise<void> {
    const file = {
      format: 1,
      key: this.#key.toString('hex'),
      placeholders: [...this.#byValue.values()],
    } satisfies z.infer<typeof File>
    await writeFileAtomic(join(folder, redactionFile), `${JSON.stringify(file, null, 1)}\n`).catch((error: unknown) => {
      throw asIoError(error, 'The list of placeholders cannot be written.')
    })
  }

  avoid(addresses: Iterable<string>): void {
    for (const address of addresses) this.#originals.add(canonicalIp(address) ?? address)
  }

  #keep(kind: ValueKind, value: string, placeholder: string): string {
    this.#byValue.set(keyOf(kind, value), { kind, value, placeholder })
    this.#taken.add(placeholder.toLowerCase())
    return placeholder
  }

  has(placeholder: string): boolean {
    return this.#taken.has(placeholder.toLowerCase())
  }

  /** The same value in other letters, or another way to write an address, has the same placeholder. */
  of(kind: ValueKind, value: string): string {
    const known = this.#byValue.get(keyOf(kind, value))
    if (known !== undefined) return known.placeholder
    for (;;) {
      const placeholder = this.#make(kind, value)
      if (!this.#taken.has(placeholder.toLowerCase()) && !this.#originals.has(placeholder))
        return this.#keep(kind, value, placeholder)
    }
  }

  #next(series: string): number {
    const next = (this.#counts.get(series) ?? 0) + 1
    this.#counts.set(series, next)
    return next
  }

  #make(kind: ValueKind, value: string): string {
    switch (kind) {
      case 'addresses':
        return this.#address(canonicalIp(value) ?? value)
      case 'accounts':
        if (/^\d{12}$/.test(value)) return `9${String(this.#next('account digits')).padStart(11, '0')}`
        if (uuid.test(value)) return `00000000-0000-4000-8000-${String(this.#next('account uuid')).padStart(12, '0')}`
        return `account-${this.#number('account')}`
      case 'secrets': {
        const aws = /^(?:AKIA|ASIA|AIDA|AROA|AGPA|ANPA|ANVA|AIPA|ABIA|ACCA)(?=[A-Z0-9]{12})/.exec(value)?.[0]
        return aws === undefined
          ? `secret-${this.#number('secret')}`
          : `${aws}REDACTED${String(this.#next('aws')).padStart(8, '0')}`
      }
      case 'mail': {
        const at = value.lastIndexOf('@')
        // A login and the mail address that begins with it stay recognisable as one.
        const login =
          this.#byValue.get(keyOf('persons', value.slice(0, at)))?.placeholder ?? `mail-${this.#number('mail')}`
        return `${login}@${this.of('hosts', value.slice(at + 1))}`
      }
      case 'persons':
        return `person-${this.#number('person')}`
      case 'hosts':
        return hostName(value, `host-${this.#number('host')}`)
      case 'own':
        return `removed-${this.#number('own')}`
    }
  }

  #number(series: string): string {
    return String(this.#next(series)).padStart(4, '0')
  }

  /** Public ones from the network of RFC 2544, private ones from the end of 10/8, IPv6 from that of RFC 9637. */
  #address(value: string): string {
    if (value.includes(':')) {
      const n = this.#next('ipv6')
      return /^f[cde]/.test(value) ? `fd00:ffff::${n.toString(16)}` : `3fff::${n.toString(16)}`
    }
    const internal = /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.)/.test(value)
    const n = this.#next(internal ? 'private' : 'public')
    if (internal) return `10.${255 - (n >> 16)}.${(n >> 8) & 255}.${n & 255}`
    const at = n >> 16
    if (at < 2) return `198.${18 + at}.${(n >> 8) & 255}.${n & 255}`
    return `${238 + at}.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`
  }

  /** A 64-bit id of the copy: nobody without the key can tell from it what it was made of. */
  id(value: bigint): bigint {
    return createHmac('sha256', this.#key).update(value.toString()).digest().readBigUInt64BE()
  }

  /** In place of a SHA-256 of an original, by which a guess at what was removed could be tried. */
  hash(value: string): string {
    return createHmac('sha256', this.#key).update(value).digest('hex')
  }
}

export const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Domains that many customers share: the part before is the customer's. */
const shared =
  /\.((?:okta|oktapreview|okta-emea|1password|github|slack|onmicrosoft|sharepoint)\.com|(?:[a-z0-9-]+\.){0,3}(?:windows\.net|azure\.com|azure\.net|database\.azure\.com|googleapis\.com|run\.app|cloudfunctions\.net)|[a-z0-9-]+\.(?:rds|eks|elb|cache)\.amazonaws\.com)$/i

function hostName(value: string, label: string): string {
  const suffix = shared.exec(value)?.[1]
  if (suffix !== undefined) return `${label}.${suffix.toLowerCase()}`
  return value.includes('.') ? `${label}.redacted.invalid` : label
}

function keyOf(kind: ValueKind, value: string): string {
  return `${kind} ${kind === 'addresses' ? (canonicalIp(value) ?? value) : kind === 'secrets' ? value : value.toLowerCase()}`
}
