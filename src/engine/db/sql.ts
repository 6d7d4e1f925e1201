/**
 * A query as text plus bound values. Whatever is interpolated is bound as a parameter; fragments nest; names go
 * through `sql.ident`. Text from a person never becomes query text here.
 */
export type SqlValue = string | number | bigint | boolean | null

export class Sql {
  readonly parts: readonly string[]
  readonly values: readonly SqlValue[]

  constructor(parts: readonly string[], values: readonly SqlValue[]) {
    this.parts = parts
    this.values = values
  }

  /** Text with `$1 … $n` placeholders, as DuckDB takes it. */
  get text(): string {
    return this.parts.reduce((all, part, index) => (index === 0 ? part : `${all}$${index}${part}`), '')
  }

  /** For showing to people: values written in as literals. Never run this text. */
  get display(): string {
    return this.parts.reduce(
      (all, part, index) => (index === 0 ? part : all + literal(this.values[index - 1]) + part),
      '',
    )
  }
}

function literal(value: SqlValue | undefined): string {
  if (value === null || value === undefined) return 'NULL'
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value)
}

function build(strings: readonly string[], items: readonly (SqlValue | Sql)[]): Sql {
  const parts: string[] = [strings[0] ?? '']
  const values: SqlValue[] = []
  const appendText = (text: string) => {
    parts[parts.length - 1] += text
  }
  items.forEach((item, index) => {
    if (item instanceof Sql) {
      appendText(item.parts[0] ?? '')
      item.values.forEach((value, at) => {
        values.push(value)
        parts.push(item.parts[at + 1] ?? '')
      })
    } else {
      values.push(item)
      parts.push('')
    }
    appendText(strings[index + 1] ?? '')
  })
  return new Sql(parts, values)
}

export function sql(strings: TemplateStringsArray, ...items: readonly (SqlValue | Sql)[]): Sql {
  return build(strings, items)
}

/** A quoted name. Use it for names from our own tables only. */
sql.ident = (name: string): Sql => new Sql([`"${name.replaceAll('"', '""')}"`], [])

/** Our own constant query text, e.g. from a migration file. Never text from outside. */
sql.trusted = (text: string): Sql => new Sql([text], [])

sql.join = (fragments: readonly Sql[], separator: string): Sql =>
  fragments.length === 0 ? new Sql([''], []) : build(['', ...fragments.slice(1).map(() => separator), ''], fragments)

/** A list literal of bound strings: `[$1, $2]`. */
sql.strings = (values: readonly string[]): Sql =>
  values.length === 0
    ? sql`[]::VARCHAR[]`
    : sql`[${sql.join(
        values.map((value) => sql`${value}`),
        ', ',
      )}]`

sql.empty = new Sql([''], [])
