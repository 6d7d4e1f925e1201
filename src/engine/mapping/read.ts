/** Reads the text of a mapping file. Every fault is told with the line on which it stands. */
import { AppError } from '../../common/errors'
import { isColumnName, MappingFile, mappedColumns } from '../../contract/mappingFile'
import { tryCompile } from '../formats/generic/compile'
import { offsetAt } from '../import/framing/offsetAt'
import { nearest } from '../query/filter/suggest'

const MAX_TOLD = 5

/** Errors: `usage`, naming lines and reasons. */
export function readMappingFile(text: string): MappingFile {
  const source = text.replace(/^\uFEFF/, '')
  const parsed = MappingFile.safeParse(parseJson(source))
  const faults = parsed.success
    ? problemsOf(parsed.data)
    : parsed.error.issues.map(({ path, message }) => ({ path: path.map(String), reason: message }))
  if (parsed.success && faults.length === 0) return parsed.data
  const lines = faults.slice(0, MAX_TOLD).map(({ path, reason }) => {
    const where = path.length === 0 ? '' : `${path.join('.')}: `
    return `line ${lineOf(source, path)}: ${where}${reason}${hint(path)}`
  })
  const more = faults.length > MAX_TOLD ? `; and ${faults.length - MAX_TOLD} more` : ''
  throw new AppError('usage', `The mapping cannot be used. ${lines.join('; ')}${more}.`)
}

function problemsOf(mapping: MappingFile): { readonly path: readonly string[]; readonly reason: string }[] {
  const compiled = tryCompile(mapping)
  return 'problems' in compiled ? [...compiled.problems] : []
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const message = error instanceof Error ? error.message : ''
    const position = /position (\d+)/.exec(message)?.[1]
    const line = position === undefined ? text.split('\n').length : lineAt(text, Number(position))
    throw new AppError(
      'usage',
      `The mapping is no JSON: line ${line}: ${message.replace(/ in JSON at position.*$/, '').slice(0, 120)}.`,
    )
  }
}

/** A column that does not exist is most often a slip of the pen. */
function hint(path: readonly string[]): string {
  const name = path[0] === 'columns' ? path[1] : undefined
  if (name === undefined || isColumnName(name)) return ''
  const near = nearest(name, mappedColumns)
  return near === null ? '' : `; did you mean ${near}?`
}

/** The line of the nearest part of the path that stands in the text. */
function lineOf(text: string, path: readonly string[]): number {
  for (let length = path.length; length > 0; length--) {
    const offset = offsetAt(text, path.slice(0, length))
    if (offset !== undefined) return lineAt(text, offset)
  }
  return 1
}

function lineAt(text: string, offset: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line++
  return line
}
