/** From the tree to a condition with bound values. A row whose column is NULL does not match, and matches the negation. */
import type { Database } from '../../db/database'
import { type Sql, sql } from '../../db/sql'
import type { FieldName, Node, Operand } from './ast'
import { filterError } from './error'
import { type Field, type FieldTable, findField, knownNames, type Special } from './field'
import { parseFilter } from './parser'
import { nearest } from './suggest'
import { condition, pattern, patternInLargeText, switchValue } from './values'

export interface Compiled {
  /** The condition, TRUE for an empty filter. */
  readonly where: Sql
  readonly node: Node | undefined
  readonly regexes: readonly { readonly pattern: string; readonly position: number }[]
}

/** Parses and compiles without running anything; regular expressions are not checked yet. Errors: `filter.invalid`. */
export function compileFilter(text: string, table: FieldTable, nowUs: bigint): Compiled {
  const node = parseFilter(text)
  if (node === undefined) return { where: sql`TRUE`, node, regexes: [] }
  const compiler = new Compiler(table, nowUs)
  return { where: compiler.node(node), node, regexes: compiler.regexes }
}

/** The same, with regular expressions tried on an empty text by the engine that will run them. */
export async function compileChecked(
  db: Database,
  text: string,
  table: FieldTable,
  nowUs: bigint,
  signal?: AbortSignal,
): Promise<Compiled> {
  const compiled = compileFilter(text, table, nowUs)
  for (const regex of compiled.regexes) {
    try {
      await db.rows(sql`SELECT regexp_matches('', ${regex.pattern}, 'i') AS m`, signal)
    } catch (error) {
      if (signal?.aborted) throw error
      throw filterError(`/${regex.pattern}/ is no regular expression that can be searched for (RE2).`, regex.position)
    }
  }
  return compiled
}

class Compiler {
  readonly #table: FieldTable
  readonly #nowUs: bigint
  readonly regexes: { pattern: string; position: number }[] = []

  constructor(table: FieldTable, nowUs: bigint) {
    this.#table = table
    this.#nowUs = nowUs
  }

  node(node: Node): Sql {
    switch (node.kind) {
      case 'and':
      case 'or': {
        const items = node.items.map((item) => this.node(item))
        return sql`(${sql.join(items, node.kind === 'and' ? ' AND ' : ' OR ')})`
      }
      case 'not':
        return sql`(${this.node(node.item)} IS NOT TRUE)`
      case 'match':
        return sql`(${this.#match(node.field, node.operand)})`
    }
  }

  #match(name: FieldName | undefined, operand: Operand): Sql {
    if (operand.kind === 'regex') this.regexes.push({ pattern: operand.pattern, position: operand.place.start })
    if (name === undefined) return this.#anywhere(operand)
    if (name.segments.length === 1 && name.segments[0]?.toLowerCase() === '_exists_') return this.#exists(operand)
    const field = findField(this.#table, name.segments.join('.'))
    if (field !== undefined) return this.#column(field, name, operand)
    const special = this.#table.special(name)
    if (special === undefined) throw unknownField(this.#table, name.text, name.place.start)
    return this.#special(special, name, operand)
  }

  #column(field: Field, name: FieldName, operand: Operand): Sql {
    const context = { type: field.type, fieldText: name.text, nowUs: this.#nowUs, unitNs: field.unitNs ?? 1n }
    if (field.computed !== undefined) return condition(field.computed, operand, context)
    const tests = field.columns.map((column) => {
      if (field.list === undefined) return condition(sql.ident(column), operand, context)
      const members = field.list.member?.split('|').map((member) => sql`x.${sql.ident(member)}`) ?? [sql`x`]
      const inner = members.map((member) => condition(member, operand, context))
      return anyOf(sql.ident(column), sql.join(inner, ' OR '))
    })
    return sql.join(tests, ' OR ')
  }

  #special(special: Special, name: FieldName, operand: Operand): Sql {
    if (special.kind === 'switch')
      return switchValue(operand, name.text) ? special.condition : sql`${special.condition} IS NOT TRUE`
    const context = { type: special.type, fieldText: name.text, nowUs: this.#nowUs, unitNs: 1n }
    if (special.kind === 'related') {
      if (name.text.toLowerCase() !== 'note') return special.wrap(condition(special.expression, operand, context))
      return this.#note(special, operand)
    }
    if (special.list) return anyOf(special.expression, condition(sql`x`, operand, context))
    if (operand.kind === 'word' && special.type === 'text') return this.#within(special.expression, operand, true)
    return condition(special.expression, operand, context)
  }

  /** `note:true` asks whether there is one; any other text is searched in the notes. */
  #note(special: Extract<Special, { kind: 'related' }>, operand: Operand): Sql {
    const word =
      operand.kind === 'word' && !operand.quoted && operand.pieces.length === 1 ? operand.pieces[0] : undefined
    const text = word?.kind === 'text' ? word.text.toLowerCase() : undefined
    if (text === 'true' || text === 'false') {
      const present = special.wrap(sql`TRUE`)
      return text === 'true' ? present : sql`(${present}) IS NOT TRUE`
    }
    return special.wrap(this.#within(special.expression, operand))
  }

  #exists(operand: Operand): Sql {
    const at = operand.place.start
    const name = operand.kind === 'word' && operand.pieces.length === 1 ? operand.pieces[0] : undefined
    if (name?.kind !== 'text') throw filterError('_exists_ takes the name of a field.', at)
    const anything: Operand = { kind: 'word', pieces: [{ kind: 'any' }], quoted: false, place: operand.place }
    const segments = name.text.split('.')
    return this.#match({ segments, text: name.text, place: operand.place }, anything)
  }

  #anywhere(operand: Operand): Sql {
    return sql.join(
      this.#table.textColumns.map((column) => this.#within(sql.ident(column), operand, column === 'raw')),
      ' OR ',
    )
  }

  #within(expression: Sql, operand: Operand, large = false): Sql {
    if (operand.kind === 'word' && operand.pieces.every((piece) => piece.kind === 'any'))
      return sql`${expression} IS NOT NULL`
    if (operand.kind === 'word')
      return large ? patternInLargeText(expression, operand.pieces) : pattern(expression, operand.pieces, true)
    return condition(expression, operand, { type: 'text', fieldText: '', nowUs: this.#nowUs, unitNs: 1n })
  }
}

function anyOf(list: Sql, inner: Sql): Sql {
  return sql`len(list_filter(${list}, lambda x: (${inner}) IS TRUE)) > 0`
}

export function unknownField(table: FieldTable, name: string, position: number) {
  const suggestion = nearest(name, knownNames(table))
  const hint = suggestion === null ? 'Put the text in quotes to search for it as it is.' : `Did you mean ${suggestion}?`
  return filterError(`There is no field ${name}. ${hint}`, position, suggestion)
}
