import type { z } from 'zod'
import type { PathStep } from '../../contract/analyses'

export type Step = z.output<typeof PathStep>

type Given = Pick<Step, 'kind' | 'title' | 'text'> & Partial<Omit<Step, 'facts'>> & { readonly facts?: Facts }
export type Facts = Readonly<Record<string, string | number | boolean | null | undefined>>

/** A step with what is unknown left empty; facts without a value are left out. */
export function step({ facts = {}, ...given }: Given): Step {
  const known = Object.entries(facts).filter(([, value]) => value !== null && value !== undefined)
  return {
    ts: null,
    event_id: null,
    trace_id: null,
    span_id: null,
    marks: [],
    ...given,
    facts: Object.fromEntries(known.map(([key, value]) => [key, value ?? null])),
  }
}
