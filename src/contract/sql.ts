import { z } from 'zod'
import { method } from './method'
import { Download, Row } from './shared'

const SqlText = z.string().min(1).max(100_000)

export const sqlFormats = ['csv', 'json', 'parquet'] as const
export type SqlFormat = (typeof sqlFormats)[number]

export const sqlMethods = {
  /** One SELECT, or EXPLAIN of one, in a read-only transaction; stopped after 30 seconds. */
  'sql.run': method({
    params: z.strictObject({ sql: SqlText, limit: z.int().min(1).max(100_000).default(1_000) }),
    result: z.strictObject({
      columns: z.array(z.strictObject({ name: z.string(), type: z.string() })),
      rows: z.array(Row),
      truncated: z.boolean(),
    }),
  }),
  /** All rows of one SELECT as a file: CSV that a spreadsheet opens as data, JSON lines, or Parquet. Stopped after ten minutes. */
  'sql.export': method({
    params: z.strictObject({ sql: SqlText, format: z.enum(sqlFormats) }),
    result: z.strictObject({ download: Download, rows: z.int() }),
    progress: z.strictObject({ rows: z.int() }),
  }),
}
