/** A report in somebody's hand against what the journal says was made from this case. */
import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { z } from 'zod'
import { canonicalJson } from '../../common/canonical'
import { AppError } from '../../common/errors'
import type { Result } from '../../contract'
import type { JournalRecord } from '../case/journal'
import { asIoError } from '../io'

const Args = z.object({ format: z.string(), at: z.string(), sha256: z.string(), bodyDigest: z.string() })
const maxBytes = 512 * 2 ** 20

/** Errors: `not-found`, `io.*`, `input.refused` for what is no file or too large to be a report. */
export async function verifyReport(
  records: readonly JournalRecord[],
  path: string,
): Promise<Result<'custody.verifyReport'>> {
  const bytes = await read(path)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const reports = records.flatMap(({ op, args, seq }) => {
    const parsed = op === 'report.create' ? Args.safeParse(args) : undefined
    if (parsed?.success !== true) return []
    const { format, at, sha256: hash, bodyDigest } = parsed.data
    return [{ seq, at, format, sha256: hash, bodyDigest }]
  })
  const same = reports.find((report) => report.sha256 === sha256)
  if (same !== undefined) return { ok: true, sha256, report: same, findings: [] }
  const digest = statedDigest(bytes)
  const was = reports.find(({ bodyDigest }) => bodyDigest === digest || bytes.includes(bodyDigest))
  const findings = [
    {
      kind: 'report',
      message:
        was === undefined
          ? 'The journal of this case does not tell of a report with these bytes.'
          : `The file was changed: record ${was.seq} of the journal states SHA-256 ${was.sha256}, it is ${sha256} now.`,
    },
  ]
  if (was !== undefined && digest === was.bodyDigest && bodyOf(bytes) !== digest)
    findings.push({ kind: 'report', message: 'What the report says is not what its body digest was made from.' })
  return { ok: false, sha256, report: was ?? null, findings }
}

/** The digest that a JSON report states of itself. */
function statedDigest(bytes: Buffer): string | undefined {
  const value = parsed(bytes)
  return typeof value?.bodyDigest === 'string' ? value.bodyDigest : undefined
}

/** The digest of what a JSON report says. */
function bodyOf(bytes: Buffer): string | undefined {
  const value = parsed(bytes)
  if (value === undefined) return undefined
  const { bodyDigest: _, ...model } = value
  try {
    return createHash('sha256').update(canonicalJson(model)).digest('hex')
  } catch {
    return undefined
  }
}

function parsed(bytes: Buffer): Record<string, unknown> | undefined {
  if (bytes[0] !== 0x7b) return undefined
  try {
    const value = z.record(z.string(), z.unknown()).safeParse(JSON.parse(bytes.toString('utf8')))
    return value.success ? value.data : undefined
  } catch {
    return undefined
  }
}

async function read(path: string): Promise<Buffer> {
  try {
    const { size } = await stat(path).then((info) => {
      if (!info.isFile()) throw new AppError('input.refused', 'This is no file.')
      return info
    })
    if (size > maxBytes) throw new AppError('input.refused', 'This file is too large to be a report.')
    return await readFile(path)
  } catch (error) {
    throw asIoError(error, 'The report cannot be read.')
  }
}
