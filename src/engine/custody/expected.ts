/** A list of hashes that came with the evidence, as `sha256sum` writes it, against the files that are to be imported. */
import { createHash } from 'node:crypto'
import { AppError, throwIfAborted } from '../../common/errors'
import { record } from '../case/open'
import { hashOf } from '../case/rebuild'
import type { CaseSession } from '../context'
import { enumerate } from '../import/enumerate'

export interface Expected {
  /** SHA-256 of the list itself. */
  readonly list: string
  readonly files: readonly { readonly name: string; readonly sha256: string }[]
}

/** Errors: `usage` for a line that is none of such a list, with its number. */
export function parseExpected(text: string): Expected {
  const files: { name: string; sha256: string }[] = []
  text.split('\n').forEach((line, index) => {
    const bare = line.endsWith('\r') ? line.slice(0, -1) : line
    if (bare.trim() === '' || bare.startsWith('#')) return
    const plain = /^\\?([0-9a-fA-F]{64}) [ *](.+)$/.exec(bare)
    const tagged = /^SHA256 \((.+)\) = ([0-9a-fA-F]{64})$/.exec(bare)
    const [sha256, name] = plain !== null ? [plain[1], plain[2]] : [tagged?.[2], tagged?.[1]]
    if (sha256 === undefined || name === undefined)
      throw new AppError('usage', `Line ${index + 1} of the expected hashes is not “<SHA-256>  <name>”.`)
    const named = bare.startsWith('\\') ? name.replace(/\\([\\n])/g, (_, c) => (c === 'n' ? '\n' : '\\')) : name
    files.push({ name: named.replaceAll('\\', '/').replace(/^(\.\/)+/, ''), sha256: sha256.toLowerCase() })
  })
  if (files.length === 0) throw new AppError('usage', 'The list of expected hashes is empty.')
  return { list: createHash('sha256').update(text).digest('hex'), files }
}

/**
 * Every file must be in the list with its hash, and every line must have its file: else nothing is imported. Errors:
 * `input.refused`, naming what is missing, what is extra and what differs.
 */
export async function checkExpected(
  expected: Expected,
  paths: readonly string[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const { files } = await enumerate(paths)
  const open = new Set(expected.files)
  const extra: string[] = []
  const differing: string[] = []
  for (const { path, name } of files) {
    throwIfAborted(signal)
    const hash = await hashOf(path)
    // The list may lie among the files.
    if (hash === expected.list) continue
    const fitting = expected.files.filter((entry) => sameName(entry.name, name))
    if (fitting.length === 0) {
      extra.push(name)
      continue
    }
    const match = fitting.find(({ sha256 }) => sha256 === hash)
    if (match === undefined) differing.push(`${name} (expected ${fitting[0]?.sha256}, is ${hash ?? 'unreadable'})`)
    for (const entry of match === undefined ? fitting : [match]) open.delete(entry)
  }
  const missing = [...open].map(({ name }) => name)
  const parts = [
    differing.length === 0 ? '' : `${differing.length} differ, first ${differing[0]}`,
    missing.length === 0 ? '' : `${missing.length} missing, first ${missing[0]}`,
    extra.length === 0 ? '' : `${extra.length} not in the list, first ${extra[0]}`,
  ].filter((part) => part !== '')
  if (parts.length > 0)
    throw new AppError(
      'input.refused',
      `The files are not those of the expected hashes: ${parts.join('; ')}. Nothing was imported.`,
      { differing: differing.length, missing: missing.length, extra: extra.length },
    )
}

/** Parses, checks and journals that the files were those of the list. */
export async function requireExpected(
  session: CaseSession,
  text: string,
  paths: readonly string[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const expected = parseExpected(text)
  await checkExpected(expected, paths, signal)
  await record(session, 'import.expected', { list: expected.list, files: expected.files.length })
}

/** Lists name files as they lay where they were made; the end of the path is what is common. */
function sameName(listed: string, name: string): boolean {
  return listed === name || listed.endsWith(`/${name}`) || name.endsWith(`/${listed}`)
}
