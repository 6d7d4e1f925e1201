/**
 * A seal: a small file that states how far the journal had come and what the case held, to be kept elsewhere. Against it
 * a case can be shown to have been shortened or written anew. Signed with Ed25519 where a key is given.
 */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'
import { z } from 'zod'
import { canonicalJson } from '../../common/canonical'
import { AppError } from '../../common/errors'
import { journaledImports } from '../case/imports'
import type { JournalRecord } from '../case/journal'
import { record } from '../case/open'
import { statedContent } from '../content/journaled'
import type { CaseSession } from '../context'

const Hex = z.string().regex(/^[0-9a-f]{64}$/)
const Body = z.strictObject({
  seal: z.literal(1),
  caseId: z.string(),
  seq: z.int().min(1),
  head: Hex,
  at: z.string(),
  /** Rows by table, as the journal stated them. */
  rows: z.record(z.string(), z.int()),
  evidence: z.strictObject({ files: z.int(), sha256: Hex }),
})
const Seal = Body.extend({
  signature: z.strictObject({ algorithm: z.literal('ed25519'), publicKey: z.string(), value: z.string() }).optional(),
})
type Body = z.output<typeof Body>

interface Fault {
  readonly kind: 'seal'
  readonly message: string
}

/** Journals `case.seal`, then seals what is there. Errors: `usage` for a key that is none. */
export async function sealCase(
  session: CaseSession,
  keyPem: string | undefined,
): Promise<{ readonly seal: string; readonly seq: number; readonly head: string; readonly signed: boolean }> {
  const key = keyPem === undefined ? undefined : privateKey(keyPem)
  await record(session, 'case.seal', { signed: key !== undefined })
  const last = session.journal.records().at(-1)
  if (last === undefined) throw new AppError('internal', 'The journal is empty.')
  const body = stated(session.meta.id, session.journal.records(), last)
  const signature =
    key === undefined
      ? {}
      : {
          signature: {
            algorithm: 'ed25519',
            publicKey: rawKey(createPublicKey(key)),
            value: sign(null, Buffer.from(canonicalJson(body)), key).toString('base64'),
          },
        }
  const seal = `${JSON.stringify({ ...body, ...signature }, null, 2)}\n`
  return { seal, seq: body.seq, head: body.head, signed: key !== undefined }
}

/** What does not fit the seal, as sentences. `publicPem`: the key that it must be signed with. */
export function sealFaults(session: CaseSession, text: string, publicPem: string | undefined): Fault[] {
  const fault = (message: string): Fault[] => [{ kind: 'seal', message }]
  const parsed = Seal.safeParse(parsedJson(text))
  if (!parsed.success) return fault('The seal is none of Crosstrail, or it was damaged.')
  const { signature, ...body } = parsed.data
  if (publicPem !== undefined) {
    if (signature === undefined) return fault('The seal is not signed.')
    if (signature.publicKey !== rawKey(publicKey(publicPem)))
      return fault('The seal is signed with another key than the one given.')
  }
  if (signature !== undefined && !fits(body, signature))
    return fault('The signature of the seal does not fit: it was changed after it was signed.')
  if (body.caseId !== session.meta.id) return fault('The seal is of another case.')
  const records = session.journal.records()
  const sealed = records.find(({ seq }) => seq === body.seq)
  if (sealed === undefined)
    return fault(
      `The seal was made at record ${body.seq}; the journal ends at ${session.journal.seq}: records are missing.`,
    )
  if (sealed.hash !== body.head)
    return fault(`Record ${body.seq} of the journal is not the one that was sealed: the journal was written anew.`)
  const now = stated(body.caseId, records.slice(0, records.indexOf(sealed) + 1), sealed)
  if (canonicalJson(now) !== canonicalJson(body))
    return fault('What the seal states of rows, files or time is not what the journal stated at that record.')
  return []
}

/** The head that the text states; undefined where it is no seal. */
export function sealedHead(text: string): string | undefined {
  return Seal.safeParse(parsedJson(text)).data?.head
}

/** A new key pair in PEM. */
export function newSealKey(): { readonly privatePem: string; readonly publicPem: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return {
    privatePem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  }
}

/** All of it follows from the journal up to that record, so that the seal can be checked at any later time. */
function stated(caseId: string, records: readonly JournalRecord[], last: JournalRecord): Body {
  const rows: Record<string, number> = {}
  const { files, tables } = statedContent(records)
  const count = (table: string, digest: string) => {
    rows[table] = (rows[table] ?? 0) + Number(digest.split('.')[0])
  }
  for (const { digest } of files.values()) for (const [table, one] of Object.entries(digest)) count(table, one)
  for (const [table, { digest }] of tables) count(table, digest)
  const lines = journaledImports(records)
    .flatMap(({ files: imported }) => imported)
    .map(({ sha256, sizeBytes, name }) => `${sha256} ${sizeBytes} ${name}\n`)
    .sort()
  return {
    seal: 1,
    caseId,
    seq: last.seq,
    head: last.hash,
    at: last.at,
    rows,
    evidence: { files: lines.length, sha256: createHash('sha256').update(lines.join('')).digest('hex') },
  }
}

function fits(body: Body, signature: { readonly publicKey: string; readonly value: string }): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(signature.publicKey, 'base64'), type: 'spki', format: 'der' })
    return (
      key.asymmetricKeyType === 'ed25519' &&
      verify(null, Buffer.from(canonicalJson(body)), key, Buffer.from(signature.value, 'base64'))
    )
  } catch {
    return false
  }
}

function rawKey(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'der' }).toString('base64')
}

function privateKey(pem: string): KeyObject {
  return ed25519(() => createPrivateKey(pem), 'The key is no Ed25519 private key in PEM.')
}

function publicKey(pem: string): KeyObject {
  return ed25519(() => createPublicKey(pem), 'The key is no Ed25519 public key in PEM.')
}

function ed25519(make: () => KeyObject, message: string): KeyObject {
  let key: KeyObject
  try {
    key = make()
  } catch (error) {
    throw new AppError('usage', message, {}, { cause: error })
  }
  if (key.asymmetricKeyType !== 'ed25519') throw new AppError('usage', message)
  return key
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
