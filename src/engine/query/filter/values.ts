/** Conditions of one expression against one operand, by type. Comparison of text ignores case. */
import { type Sql, sql } from '../../db/sql'
import { halves, parseAddressRange } from './address'
import { type Bound, literalOf, type Operand, type Piece } from './ast'
import { filterError } from './error'
import type { FieldType } from './field'
import { parseStretch } from './time'

export interface ValueContext {
  readonly type: FieldType
  readonly fieldText: string
  readonly nowUs: bigint
  readonly unitNs: bigint
}

/** The condition `operand` on `expression`; NULL where the expression is NULL. Errors: `filter.invalid`. */
export function condition(expression: Sql, operand: Operand, context: ValueContext): Sql {
  if (operand.kind === 'regex') return sql`regexp_matches(${asText(expression, context.type)}, ${operand.pattern}, 'i')`
  if (operand.kind === 'word' && !operand.quoted && operand.pieces.every((piece) => piece.kind === 'any'))
    return sql`${expression} IS NOT NULL`
  const literal = operand.kind === 'word' ? literalOf(operand.pieces) : undefined
  if (operand.kind === 'word' && literal === undefined)
    return pattern(asText(expression, context.type), operand.pieces, false)
  if (operand.kind === 'range') {
    const low = operand.low.text === undefined ? [] : [lower(expression, operand.low, operand.low.text, context)]
    const high = operand.high.text === undefined ? [] : [upper(expression, operand.high, operand.high.text, context)]
    const both = [...low, ...high]
    return both.length === 0 ? sql`${expression} IS NOT NULL` : sql.join(both, ' AND ')
  }
  return equal(expression, literal ?? '', operand.place.start, context)
}

/** A wildcard pattern on text; `within` finds it anywhere, else it must cover the whole text. */
export function pattern(expression: Sql, given: readonly Piece[], within: boolean): Sql {
  const pieces: Piece[] = within ? [{ kind: 'any' }, ...given, { kind: 'any' }] : [...given]
  const inner = pieces.filter((piece, at) => !(piece.kind === 'any' && (at === 0 || at === pieces.length - 1)))
  const literal = literalOf(inner)
  const opens = pieces[0]?.kind === 'any'
  const closes = pieces.length > 1 && pieces.at(-1)?.kind === 'any'
  if (literal !== undefined && literal !== '') {
    if (opens && closes) return sql`contains(lower(${expression}), lower(${literal}))`
    if (closes) return sql`starts_with(lower(${expression}), lower(${literal}))`
    if (opens) return sql`ends_with(lower(${expression}), lower(${literal}))`
  }
  let like = ''
  for (const piece of pieces) {
    if (piece.kind === 'text') like += piece.text.replaceAll('\\', '\\\\').replaceAll('%', '\\%').replaceAll('_', '\\_')
    else like += piece.kind === 'any' ? '%' : '_'
  }
  return sql`lower(${expression}) LIKE lower(${like}) ESCAPE '\\'`
}

/** A pattern anywhere in a large text: RE2 without case is two to three times as fast as lower-casing the text. */
export function patternInLargeText(expression: Sql, pieces: readonly Piece[]): Sql {
  const parts = pieces.map((piece) =>
    piece.kind === 'text' ? sql`regexp_escape(${piece.text})` : piece.kind === 'any' ? sql`'.*'` : sql`'.'`,
  )
  return sql`regexp_matches(${expression}, ${sql.join(parts, ' || ')}, 'is')`
}

function asText(expression: Sql, type: FieldType): Sql {
  return type === 'text' || type === 'json' || type === 'ip' ? expression : sql`CAST(${expression} AS VARCHAR)`
}

function equal(expression: Sql, text: string, position: number, context: ValueContext): Sql {
  switch (context.type) {
    case 'text':
    case 'json':
      return sql`lower(${expression}) = lower(${text})`
    case 'number':
    case 'duration':
      return sql`${expression} = ${toNumber(text, position, context)}`
    case 'boolean':
      return sql`${expression} = ${toBoolean(text, position, context.fieldText)}`
    case 'time': {
      const { fromUs, toUs } = toStretch(text, position, context)
      return sql`${expression} >= ${timestamp(fromUs)} AND ${expression} < ${timestamp(toUs)}`
    }
    case 'ip': {
      const range = parseAddressRange(text)
      if (range === undefined) {
        if (text.includes('/'))
          throw filterError(`${text} is no network such as 10.0.0.0/8 or 2001:db8::/32.`, position)
        return sql`lower(${expression}) = lower(${text})`
      }
      const within = sql`${addressAtLeast(range.low, true)} AND ${addressAtMost(range.high, true)}`
      return text.includes('/') ? within : sql`(${within}) OR lower(${expression}) = lower(${text})`
    }
  }
}

function lower(expression: Sql, bound: Bound, text: string, context: ValueContext): Sql {
  const position = bound.place.start
  switch (context.type) {
    case 'time': {
      const { fromUs, toUs } = toStretch(text, position, context)
      return sql`${expression} >= ${timestamp(bound.inclusive ? fromUs : toUs)}`
    }
    case 'ip':
      return addressAtLeast(toAddress(text, position).low, bound.inclusive)
    default: {
      const [left, right] = comparable(expression, text, position, context)
      return bound.inclusive ? sql`${left} >= ${right}` : sql`${left} > ${right}`
    }
  }
}

function upper(expression: Sql, bound: Bound, text: string, context: ValueContext): Sql {
  const position = bound.place.start
  switch (context.type) {
    case 'time': {
      const { fromUs, toUs } = toStretch(text, position, context)
      return sql`${expression} < ${timestamp(bound.inclusive ? toUs : fromUs)}`
    }
    case 'ip':
      return addressAtMost(toAddress(text, position).high, bound.inclusive)
    default: {
      const [left, right] = comparable(expression, text, position, context)
      return bound.inclusive ? sql`${left} <= ${right}` : sql`${left} < ${right}`
    }
  }
}

function comparable(expression: Sql, text: string, position: number, context: ValueContext): readonly [Sql, Sql] {
  switch (context.type) {
    case 'number':
    case 'duration':
      return [expression, sql`${toNumber(text, position, context)}`]
    case 'json': {
      const number = parseNumber(text)
      return number === undefined
        ? [sql`lower(${expression})`, sql`lower(${text})`]
        : [sql`TRY_CAST(${expression} AS DOUBLE)`, sql`${Number(number)}`]
    }
    case 'boolean':
      throw filterError(`${context.fieldText} is true or false; it has no range.`, position)
    default:
      return [sql`lower(${expression})`, sql`lower(${text})`]
  }
}

const decimal = /^[+-]?\d{1,30}(?:\.\d{1,30})?(?:[eE][+-]?\d{1,2})?$/
const withUnit = /^(\d{1,15})(?:\.(\d{1,9}))?(ns|us|µs|ms|s|m|min|h)$/
const unitNs: ReadonlyMap<string, bigint> = new Map([
  ['ns', 1n],
  ['us', 1_000n],
  ['µs', 1_000n],
  ['ms', 1_000_000n],
  ['s', 1_000_000_000n],
  ['m', 60_000_000_000n],
  ['min', 60_000_000_000n],
  ['h', 3_600_000_000_000n],
])

function parseNumber(text: string): number | bigint | undefined {
  if (!decimal.test(text)) return undefined
  return /^[+-]?\d+$/.test(text) ? BigInt(text.replace('+', '')) : Number(text)
}

function toNumber(text: string, position: number, context: ValueContext): number | bigint {
  const number = parseNumber(text)
  if (number !== undefined) return number
  const match = context.type === 'duration' ? withUnit.exec(text.toLowerCase()) : null
  const unit = unitNs.get(match?.[3] ?? '')
  if (match !== null && unit !== undefined) {
    const fraction = (match[2] ?? '').padEnd(9, '0')
    const ns = BigInt(match[1] ?? '0') * unit + (BigInt(fraction) * unit) / 1_000_000_000n
    const whole = ns / context.unitNs
    return whole * context.unitNs === ns ? whole : Number(ns) / Number(context.unitNs)
  }
  const kind = context.type === 'duration' ? 'a number, or a duration such as 100ms' : 'a number'
  throw filterError(`${context.fieldText} takes ${kind}.`, position)
}

function toBoolean(text: string, position: number, fieldText: string): boolean {
  switch (text.toLowerCase()) {
    case 'true':
    case 'yes':
    case '1':
      return true
    case 'false':
    case 'no':
    case '0':
      return false
    default:
      throw filterError(`${fieldText} is true or false.`, position)
  }
}

/** For fields that are conditions themselves, such as `linked`. Errors: `filter.invalid`. */
export function switchValue(operand: Operand, fieldText: string): boolean {
  const literal = operand.kind === 'word' ? literalOf(operand.pieces) : undefined
  if (operand.kind === 'word' && literal === undefined && operand.pieces.every((piece) => piece.kind === 'any'))
    return true
  return toBoolean(literal ?? '', operand.place.start, fieldText)
}

function toStretch(text: string, position: number, context: ValueContext) {
  const stretch = parseStretch(text, context.nowUs)
  if (stretch === undefined)
    throw filterError(
      `${context.fieldText} takes a time such as 2023-07-10, 2023-07-10T11:42Z, now or now-1h.`,
      position,
    )
  return stretch
}

const firstUs = -62_135_596_800_000_000n
const lastUs = 253_402_300_800_000_000n

/** A bound time; what lies outside the years 1 to 9999 is moved to their edge, where no record can be. */
export function timestamp(us: bigint): Sql {
  const held = us < firstUs ? firstUs : us > lastUs ? lastUs : us
  return sql`make_timestamp(${held}::BIGINT)`
}

function toAddress(text: string, position: number) {
  const range = parseAddressRange(text)
  if (range === undefined) throw filterError(`${text} is no IP address.`, position)
  return range
}

function addressAtLeast(value: bigint, inclusive: boolean): Sql {
  const { hi, lo } = halves(value)
  const last = inclusive ? sql`src_ip_lo >= ${lo}::UBIGINT` : sql`src_ip_lo > ${lo}::UBIGINT`
  return sql`(src_ip_hi > ${hi}::UBIGINT OR (src_ip_hi = ${hi}::UBIGINT AND ${last}))`
}

function addressAtMost(value: bigint, inclusive: boolean): Sql {
  const { hi, lo } = halves(value)
  const last = inclusive ? sql`src_ip_lo <= ${lo}::UBIGINT` : sql`src_ip_lo < ${lo}::UBIGINT`
  return sql`(src_ip_hi < ${hi}::UBIGINT OR (src_ip_hi = ${hi}::UBIGINT AND ${last}))`
}
