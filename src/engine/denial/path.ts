/** A denial with the way to it: who came how, what changed before, the request, and the refusal. */
import type { DenialPath, Pivot } from '../../contract/analyses'
import type { Asking } from '../query/scope'
import { actorLabel, type DeniedEvent, denialLink, deniedEvent, resourceLabel } from './event'
import { identitySteps } from './identity'
import { ago, pivotsOf } from './pivot'
import { siblingsOf } from './siblings'
import { spanSteps } from './spans'
import { type Step, step } from './steps'

/** Candidates that are shown besides the pivot. */
const mostOthers = 4

/** Errors: `not-found`; `input.refused` where the event was not denied. */
export async function denialPath(asking: Asking, eventId: string): Promise<DenialPath> {
  const event = await deniedEvent(asking, eventId)
  const link = await denialLink(asking, eventId)
  const identity = await identitySteps(asking, event)
  const { steps: spans, missing } = await spanSteps(asking, link, actorLabel(event))
  const [pivot = null, ...others] = await pivotsOf(asking, event)
  const siblings = await siblingsOf(asking, event)
  const noTime = event.us === null ? ['The event has no time, so nothing before it can be looked for.'] : []
  return {
    event_id: event.event_id,
    ts: event.ts,
    source: event.source,
    summary: summaryOf(event, pivot),
    link,
    steps: [...identity, ...(pivot === null ? [] : [pivotStep(pivot)]), ...spans, denialStep(event)],
    policy: {
      name: event.policy,
      type: event.policy_type,
      effect: event.policy_effect,
      stated: event.outcome_reason,
    },
    pivot,
    otherChanges: others.slice(0, mostOthers),
    siblings,
    missing: [
      ...noTime,
      ...identity.filter(({ kind }) => kind === 'missing').map(({ text }) => text),
      ...missing,
      ...(pivot === null
        ? ['No change of a policy or role in the 24 hours before names the identity, the resource or the policy.']
        : []),
    ],
  }
}

function summaryOf(event: DeniedEvent, pivot: Pivot | null): string {
  const by = event.policy === null ? '' : ` by ${event.policy}`
  const rule =
    event.policy_type === null
      ? ''
      : ` (${[event.policy_type, event.policy_effect?.replaceAll('_', ' ')].filter((x) => x !== undefined).join(', ')})`
  const since =
    pivot === null
      ? ''
      : ` ${ago(pivot.beforeUs)} earlier ${pivot.actor ?? 'somebody'} made the change ${pivot.action ?? ''}${pivot.resource === null ? '' : ` on ${pivot.resource}`}.`
  return `${actorLabel(event)} was refused ${event.action ?? 'an access'} on ${resourceLabel(event)}${by}${rule}.${since}`
}

function pivotStep(pivot: Pivot): Step {
  return step({
    kind: 'change',
    title: `${pivot.action ?? 'A change'}${pivot.resource === null ? '' : ` on ${pivot.resource}`}`,
    text: `By ${pivot.actor ?? 'an unnamed identity'} (${pivot.source}), ${ago(pivot.beforeUs)} before the refusal.`,
    ts: pivot.ts,
    event_id: pivot.event_id,
    marks: ['pivot'],
    facts: { actor: pivot.actor, activity: pivot.activity, score: pivot.score, why: pivot.reasons.join('; ') },
  })
}

function denialStep(event: DeniedEvent): Step {
  return step({
    kind: 'denial',
    title: `${event.action ?? 'Access'} on ${resourceLabel(event)}`,
    text: event.outcome_reason ?? 'The record states no reason.',
    ts: event.ts,
    event_id: event.event_id,
    marks: ['denied'],
    facts: {
      source: event.source,
      outcome: event.outcome,
      outcome_code: event.outcome_code,
      permission: event.permission,
      policy: event.policy,
      policy_type: event.policy_type,
      policy_effect: event.policy_effect,
      resource_key: event.resource_key,
      resource_type: event.resource_type,
      request_id: event.request_id,
      db_statement: event.db_statement,
    },
  })
}
