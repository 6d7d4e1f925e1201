/** From journal records to the table `saved_view`. */
import { z } from 'zod'
import type { JournalRecord } from '../case/journal'
import type { Writer } from '../db/database'
import { sql } from '../db/sql'

const Us = z.number().min(-9e18).max(9e18)
const SaveArgs = z.object({
  name: z.string(),
  filter: z.string(),
  fromUs: Us.nullable(),
  toUs: Us.nullable(),
  view: z.string().nullable(),
})
const DeleteArgs = z.object({ name: z.string() })

export async function applyView(writer: Writer, record: JournalRecord): Promise<void> {
  const named = DeleteArgs.safeParse(record.args)
  if (!named.success) return
  const saved = record.op === 'view.save' ? SaveArgs.safeParse(record.args) : undefined
  if (saved?.success === false) return
  await writer.run(sql`DELETE FROM saved_view WHERE name = ${named.data.name}`)
  if (saved === undefined) return
  const { name, filter, fromUs, toUs, view } = saved.data
  await writer.run(sql`
    INSERT INTO saved_view VALUES (${name}, ${filter}, ${whole(fromUs)}, ${whole(toUs)}, ${view}, ${record.actor},
      ${record.at})`)
}

function whole(us: number | null): bigint | null {
  return us === null ? null : BigInt(Math.trunc(us))
}
