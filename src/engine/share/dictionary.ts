/**
 * The values to be removed, gathered over the whole case before anything is replaced. Written by the first pass; read by the
 * redactor and by the check.
 */
import { RE2JS } from 're2js'
import { AppError } from '../../common/errors'
import type { RedactedKind } from '../../contract/share'
import { canonicalIp } from '../formats/shared/address'
import { columnKinds, kindOfField } from './fields'
import { findByForm, isSensitiveAddress } from './patterns'
import { uuid, type ValueKind } from './placeholders'
import type { Place } from './views'

/** How a value is told from the same letters in something else. */
export type Bound = 'none' | 'word' | 'digits'

export interface Value {
  readonly kind: ValueKind
  readonly value: string
  readonly bound: Bound
}

/** How often a member must come to be part of a format. */
const oftenNamed = 20

/** Names of nobody. */
const nobody = new Set(
  'root admin administrator administrators anonymous system nobody postgres unknown none null undefined default guest user users public service owner self analyst internal external true false app role group client server actor test admins everyone authenticated federated localhost kubernetes masteruser n/a redacted person host mail account secret removed invalid console'.split(
    ' ',
  ),
)

/** Hosts that are the same for everybody, or the services of a cluster. */
const servicesHosts =
  /^(?:localhost|(?:[a-z0-9-]+\.){0,5}(?:aws\.amazon\.com|amazonaws\.com(?:\.cn)?|api\.aws|amazonaws\.internal)|(?:[a-z0-9-]+\.){0,2}svc(?:\.cluster\.local)?|[a-z0-9-]+(?:\.[a-z0-9-]+){0,3}\.svc(?:\.cluster\.local)?|(?:[a-z0-9-]+\.){0,4}(?:k8s\.io|kubernetes\.io|w3\.org|json-schema\.org|schema\.org|opentelemetry\.io|ietf\.org)|(?:www|api|graph|login|management|sts|accounts|portal|cloudresourcemanager|iam|storage|container|compute|cloudaudit|type|logging|oauth2|admin|schemas)\.(?:googleapis|google|microsoft|windows|azure|microsoftonline|github|office|okta|slack|live|xmlsoap)\.(?:com|net|org)|(?:github|google|microsoft|okta|slack|amazon|gmail)\.com|kubernetes(?:\.default(?:\.svc(?:\.cluster\.local)?)?)?)$/i

export class Dictionary {
  readonly #kinds: ReadonlySet<RedactedKind>
  readonly #own: readonly RE2JS[]
  readonly #found = new Map<string, { readonly kind: ValueKind; readonly value: string }>()
  readonly #words = new Set<string>()
  readonly #names = new Map<string, number>()

  /** `list`: one value a line; `re:` before an RE2 pattern. Errors: `usage`. */
  constructor(kinds: readonly RedactedKind[], list: string) {
    this.#kinds = new Set(kinds)
    const own: RE2JS[] = []
    for (const [at, line] of list.split(/\r?\n/).entries()) {
      const text = line.trim()
      if (text === '') continue
      if (text.startsWith('re:')) {
        try {
          own.push(RE2JS.compile(text.slice(3)))
        } catch (error) {
          throw new AppError(
            'usage',
            `Line ${at + 1} of the list is no RE2 pattern.`,
            { line: at + 1 },
            { cause: error },
          )
        }
      } else if ([...text].length < 3)
        throw new AppError('usage', `Line ${at + 1} of the list is shorter than three signs.`, { line: at + 1 })
      else this.#add('own', text)
    }
    this.#own = own
  }

  #add(kind: ValueKind, value: string): void {
    // What somebody names themselves goes before what we think that it is.
    const key = value.toLowerCase()
    const known = this.#found.get(kind === 'secrets' ? value : key)
    if (known === undefined || kind === 'own') this.#found.set(kind === 'secrets' ? value : key, { kind, value })
  }

  /** The name of a JSON member: a word of its format where it comes often; else it may be data. */
  learnName(name: string): void {
    const count = (this.#names.get(name) ?? 0) + 1
    this.#names.set(name, count)
    if (count === oftenNamed) this.learnWords(name)
  }

  /** Words of the formats themselves: services, actions, columns. Paths and addresses may hold anything. */
  learnWords(text: string): void {
    if (/[/@]/.test(text)) return
    for (const word of text.toLowerCase().split(/[^\p{L}\p{N}]+/u)) if (word.length > 1) this.#words.add(word)
    if (text.length < 200) this.#words.add(text.toLowerCase())
  }

  learnColumn(column: string, text: string): void {
    const kind = columnKinds[column]
    if (kind !== undefined) this.#learnField(kind, text)
  }

  /** One view of a text. */
  learnText(text: string, place: Place): void {
    const kind = kindOfField(place.path)
    if (kind !== undefined) this.#learnField(kind, text)
    for (const found of findByForm(text, this.#kinds)) {
      if (found.kind === 'persons') this.#learnPerson(found.value)
      else if (found.kind === 'mail') this.#learnMail(found.value)
      else if (found.kind === 'hosts') this.#learnHost(found.value)
      else {
        this.#add(found.kind, found.value)
        // As a statement writes it, and as it is.
        if (found.value.includes("''")) this.#add(found.kind, found.value.replaceAll("''", "'"))
      }
    }
    for (const pattern of this.#own) {
      const matcher = pattern.matcher(text)
      while (matcher.find()) {
        const value = matcher.group()
        if (value !== null && value.length >= 3) this.#add('own', value)
      }
    }
  }

  #learnField(kind: RedactedKind, text: string): void {
    const value = text.trim()
    if (value === '' || value.length > 20_000) return
    switch (kind) {
      case 'persons':
        return this.#learnPerson(value)
      case 'mail':
        return value.includes('@') ? this.#learnMail(value) : undefined
      case 'hosts':
        return this.#learnHost(value)
      case 'addresses':
        return
      case 'accounts':
        if (
          this.#kinds.has('accounts') &&
          /^[\w.:-]{3,200}$/.test(value) &&
          /[\d\p{L}]{3}/u.test(value) &&
          !nobody.has(value.toLowerCase())
        )
          this.#add('accounts', value)
        return
      case 'secrets':
        if (
          this.#kinds.has('secrets') &&
          value.length >= 4 &&
          !nobody.has(value.toLowerCase()) &&
          !value.startsWith('arn:') &&
          !/^(?:true|false|null|none|hidden_due_to_security_reasons|\*+|<[^>]*>|\[[^\]]*\]|\{.*\})$/i.test(value)
        )
          this.#add('secrets', value)
        return
    }
  }

  learnPerson(text: string): void {
    this.#learnPerson(text.trim())
  }

  #learnPerson(text: string): void {
    if (text.includes('@')) return this.#learnMail(text)
    const arn = /^arn:[^:]*:(?:iam|sts)::\d*:(?:user|assumed-role|federated-user)\/(?:.*\/)?([^/]+)$/.exec(text)
    const value = arn?.[1] ?? text
    if (uuid.test(value)) {
      if (this.#kinds.has('accounts')) this.#add('accounts', value)
      return
    }
    if (!this.#kinds.has('persons') || !isName(value)) return
    this.#add('persons', value)
    // "Given Family": each part is a name too.
    if (/^\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’.-]*){1,3}$/u.test(value))
      for (const part of value.split(' ')) if ([...part].length >= 3 && isName(part)) this.#add('persons', part)
  }

  #learnMail(text: string): void {
    const mail = /[^\s<>"',;:()/]{1,64}@[^\s<>"',;:()/]{3,255}/.exec(text)?.[0]
    if (mail === undefined) return
    if (this.#kinds.has('mail')) this.#add('mail', mail)
    const at = mail.lastIndexOf('@')
    const local = mail.slice(0, at)
    if (this.#kinds.has('persons') && isName(local)) this.#add('persons', local)
    this.#learnHost(mail.slice(at + 1))
  }

  #learnHost(value: string): void {
    const name = value.replace(/:\d{1,5}$/, '').replace(/\.$/, '')
    if (!this.#kinds.has('hosts') || canonicalIp(name) !== undefined || servicesHosts.test(name)) return
    if (!/^[\p{L}\p{N}._-]{4,253}$/u.test(name) || !/\p{L}/u.test(name) || nobody.has(name.toLowerCase())) return
    this.#add('hosts', name)
  }

  addresses(): string[] {
    return [...this.#found.values()].filter(({ kind }) => kind === 'addresses').map(({ value }) => value)
  }

  /** What is removed, and the names that stay because they are words of the formats. */
  settle(): { readonly values: readonly Value[]; readonly kept: readonly string[] } {
    const words = [...this.#words]
    const joined = words.join('\n')
    const values: Value[] = []
    const kept: string[] = []
    for (const { kind, value } of this.#found.values()) {
      const lower = value.toLowerCase()
      if (kind === 'persons' || kind === 'hosts' || (kind === 'accounts' && /^[a-z]/i.test(value))) {
        if (this.#words.has(lower)) kept.push(value)
        else values.push({ kind, value, bound: lower.length >= 6 && !joined.includes(lower) ? 'none' : 'word' })
      } else if (kind === 'addresses' || /^\d+$/.test(value)) values.push({ kind, value, bound: 'digits' })
      else if (kind === 'secrets' && /^[a-z]{1,7}$/i.test(value)) values.push({ kind, value, bound: 'word' })
      else values.push({ kind, value, bound: 'none' })
    }
    return { values, kept: kept.sort() }
  }
}

function isName(value: string): boolean {
  if (value.length < 3 || value.length > 128 || !/\p{L}/u.test(value)) return false
  if (nobody.has(value.toLowerCase()) || /^(?:system:|arn:|urn:|https?:|spiffe:|aws:|k8s:|pg:)/i.test(value))
    return false
  // Records of services: config.amazonaws.com, a sentence, a pattern.
  return (
    !/[*<>{}|\\"]|amazonaws\.com$|gserviceaccount\.com$/.test(value) &&
    value.split(' ').length <= 4 &&
    !isSensitiveAddress(value)
  )
}
