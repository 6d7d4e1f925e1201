/** The request's spans from the root to the one that failed, with what changed on the way. */
import { formatInstant } from '../../common/time'
import type { TreeSpan } from '../../contract/traces'
import type { Asking } from '../query/scope'
import { getTrace } from '../traces/getTrace'
import type { DenialLink } from './event'
import { type Step, step } from './steps'

/** Attributes that say who acts in a span, in the order in which they are believed. */
const identityKeys = ['db.user', 'enduser.id', 'user.id', 'user.name', 'aws.role.arn', 'k8s.user'] as const

export async function spanSteps(
  { db, signal }: Asking,
  link: DenialLink | null,
  actor: string,
): Promise<{ readonly steps: Step[]; readonly missing: string[] }> {
  if (link === null)
    return {
      steps: [
        step({
          kind: 'missing',
          title: 'No trace',
          text: 'No trace is linked to this access, so the request behind it is not known.',
        }),
      ],
      missing: ['No trace is linked to this access.'],
    }
  const tree = await getTrace(db, link.trace_id, signal)
  const missing: string[] = []
  const steps: Step[] = []
  const path = link.span_id === null ? firstErrorPath(tree.spans) : pathTo(tree.spans, link.span_id)
  const root = path[0]
  if (link.span_id === null) missing.push('The access is linked to a trace, but to no span of it.')
  if (root !== undefined && root.parent_span_id !== null) {
    missing.push(`The parent ${root.parent_span_id} of the first span is not in this case.`)
    steps.push(
      step({
        kind: 'missing',
        title: 'Parent not in this case',
        text: `The trace goes on above: ${root.name} names the parent ${root.parent_span_id}, which was not exported or not kept.`,
        trace_id: tree.traceId,
        span_id: root.parent_span_id,
      }),
    )
  }
  let identity: string | undefined
  let sawError = false
  for (const [index, span] of path.entries()) {
    const failing = index === path.length - 1
    const own = identityOf(span) ?? (failing ? actor : undefined)
    const marks: string[] = []
    if (index === 0) marks.push('root')
    if (span.status === 'error' && !sawError) marks.push('first_error')
    if (own !== undefined && identity !== undefined && own !== identity) marks.push('identity_change')
    if (failing) marks.push('failing')
    sawError ||= span.status === 'error'
    const ms = Number(BigInt(span.duration_ns)) / 1e6
    steps.push(
      step({
        kind: 'span',
        title: `${span.service === null ? '' : `${span.service}: `}${span.name}`,
        text: spanText(span, ms, own, identity, marks),
        ts: formatInstant(BigInt(span.start_ns) / 1000n),
        trace_id: tree.traceId,
        span_id: span.span_id,
        marks,
        facts: {
          service: span.service,
          kind: span.kind,
          status: span.status,
          status_message: span.status_message,
          duration_ms: Math.round(ms * 1000) / 1000,
          identity: own,
        },
      }),
    )
    if (own !== undefined) identity = own
  }
  return { steps, missing }
}

function spanText(
  span: TreeSpan,
  ms: number,
  own: string | undefined,
  before: string | undefined,
  marks: readonly string[],
) {
  const status =
    span.status === 'error' ? `fails${span.status_message === null ? '' : `: ${span.status_message}`}` : span.status
  const change = marks.includes('identity_change') ? `; from here on as ${own} instead of ${before}` : ''
  const first = marks.includes('first_error') ? '; the first span of the path with an error' : ''
  return `${span.kind}, ${ms.toFixed(1)} ms, ${status}${change}${first}.`
}

function identityOf(span: TreeSpan): string | undefined {
  for (const key of identityKeys) {
    const value = Object.hasOwn(span.attributes, key) ? span.attributes[key] : undefined
    if (typeof value === 'string' && value !== '') return value
  }
  return undefined
}

/** The spans above `spanId`, by their place in the tree, and itself. */
function pathTo(spans: readonly TreeSpan[], spanId: string): TreeSpan[] {
  // Of a call's two halves with one id the later one in the tree is the inner one.
  const at = spans.findLastIndex((span) => span.span_id === spanId)
  const target = spans[at]
  if (target === undefined) return []
  const path = [target]
  let depth = target.depth ?? 0
  for (let index = at - 1; index >= 0 && depth > 0; index--) {
    const span = spans[index]
    if (span === undefined || (span.depth ?? 0) >= depth) continue
    path.unshift(span)
    depth = span.depth ?? 0
  }
  return path
}

/** Where no span is named: down to the deepest first error, else the root alone. */
function firstErrorPath(spans: readonly TreeSpan[]): TreeSpan[] {
  let best: TreeSpan | undefined
  for (const span of spans) {
    if (span.status === 'error' && (best === undefined || (span.depth ?? 0) > (best.depth ?? 0))) best = span
  }
  return best === undefined ? spans.slice(0, 1) : pathTo(spans, best.span_id)
}
