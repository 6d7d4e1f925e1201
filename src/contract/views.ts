import { z } from 'zod'
import { method } from './method'
import { FilterText, TimeUs } from './shared'

export const ViewName = z.string().trim().min(1).max(200)

/** A question to come back to: filter, time window, and where it was looked at. */
export const SavedView = z.strictObject({
  name: z.string(),
  filter: z.string(),
  window: z.strictObject({ fromUs: TimeUs, toUs: TimeUs }).nullable(),
  /** Id of the view in front; null where it was saved without a window. */
  view: z.string().nullable(),
  author: z.string(),
  savedAt: z.string(),
})
export type SavedView = z.infer<typeof SavedView>

export const savedViewMethods = {
  /** By name. */
  'views.list': method({ params: z.strictObject({}), result: z.array(SavedView) }),
  /** A view of the same name is replaced; the journal keeps what it was. Returns after it is durable. */
  'views.save': method({
    params: z.strictObject({
      name: ViewName,
      filter: FilterText.default(''),
      window: z.strictObject({ fromUs: TimeUs, toUs: TimeUs }).nullable().default(null),
      view: z.string().max(40).nullable().default(null),
    }),
    result: SavedView,
  }),
  'views.delete': method({ params: z.strictObject({ name: ViewName }), result: z.strictObject({}) }),
}
