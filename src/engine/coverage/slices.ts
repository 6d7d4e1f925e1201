/** The slices of time in which presence of traces is looked at: the same for every analysis of a case. */
import { z } from 'zod'
import { sql } from '../db/sql'
import { type Buckets, buckets } from '../query/buckets'
import type { Asking } from '../query/scope'

const Extent = z.object({ first: z.coerce.number().nullable(), last: z.coerce.number().nullable() })

const sliceCount = 96
const leastWidthUs = 60_000_000

/** Undefined where the case has no event with a time. */
export async function slices(asking: Asking): Promise<Buckets | undefined> {
  const extent = await asking.db.get(
    Extent,
    sql`SELECT epoch_us(min(ts))::VARCHAR AS first, epoch_us(max(ts))::VARCHAR AS last FROM access_event`,
    asking.signal,
  )
  if (extent?.first == null || extent.last === null) return undefined
  const found = buckets(extent.first, extent.last, sliceCount)
  if (found.widthUs >= leastWidthUs) return found
  const startUs = Math.floor(extent.first / leastWidthUs) * leastWidthUs
  return { startUs, widthUs: leastWidthUs, count: Math.floor((extent.last - startUs) / leastWidthUs) + 1 }
}
