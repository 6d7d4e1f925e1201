import { type JsonObject, list } from '../../../common/json'
import type { AccessEventRow, EventClass } from '../../db/rows'
import { getFolded, textFolded } from '../shared/folded'
import { known } from './words'

interface Target {
  readonly type: string
  readonly id: string | undefined
  readonly name: string | undefined
}

/** Which of several targets an event is about, by the beginning of its type; else the first that is no policy. */
const mainTypes: readonly (readonly [RegExp, string])[] = [
  [/^group\./, 'UserGroup'],
  [/^(?:application|app)\.|^user\.authentication\.sso/, 'AppInstance'],
  [/^policy\.rule\./, 'PolicyRule'],
  [/^policy\./, 'PolicyEntity'],
  [/^user\.(?:lifecycle|account|mfa|session\.impersonation|credential)\./, 'User'],
]

const MAX_TARGETS = 100

export function targetColumns(
  event: JsonObject,
  action: string,
): Pick<AccessEventRow, 'resource_key' | 'resource_type' | 'resource_name' | 'resources'> {
  const targets = targetsOf(event)
  const wanted = mainTypes.find(([form]) => form.test(action))?.[1]
  const main =
    targets.find((target) => target.type === wanted) ??
    targets.find((target) => !target.type.startsWith('Policy')) ??
    targets[0]
  if (main === undefined) return {}
  const keyed = targets.flatMap((target) => {
    const key = keyOf(target)
    return key === undefined ? [] : [{ key, type: target.type }]
  })
  return {
    resource_key: keyOf(main),
    resource_type: main.type,
    resource_name: main.name,
    resources: keyed.length === 0 ? undefined : keyed,
  }
}

function targetsOf(event: JsonObject): readonly Target[] {
  const written = getFolded(event, 'target')
  return (Array.isArray(written) ? list(written) : [written]).slice(0, MAX_TARGETS).flatMap((target) => {
    const type = textFolded(target, 'type')
    const id = known(textFolded(target, 'id'))
    const name = known(textFolded(target, 'displayName')) ?? known(textFolded(target, 'alternateId'))
    return type === undefined || (id === undefined && name === undefined) ? [] : [{ type, id, name }]
  })
}

function keyOf({ type, id, name }: Target): string | undefined {
  const tail = id ?? name
  return tail === undefined ? undefined : `okta:${type}/${tail}`
}

/** The policy that decided. Where a policy itself is changed it is the target, and nothing was decided by it. */
export function policyColumns(
  event: JsonObject,
  eventClass: EventClass,
): Pick<AccessEventRow, 'policy' | 'policy_type' | 'policy_effect'> {
  if (eventClass === 'policy') return {}
  const targets = list(getFolded(event, 'target'))
  const entity = targets.find((target) => textFolded(target, 'type') === 'PolicyEntity')
  const rule = targets.find((target) => textFolded(target, 'type') === 'PolicyRule')
  const debug = textFolded(event, 'debugContext', 'debugData', 'policyName')
  const ruleName = known(textFolded(rule, 'displayName')) ?? textFolded(event, 'debugContext', 'debugData', 'ruleName')
  const names = [known(textFolded(entity, 'displayName')) ?? debug, ruleName].filter((name) => name !== undefined)
  if (names.length === 0) return {}
  const result = textFolded(event, 'outcome', 'result')?.toUpperCase()
  return {
    policy: names.join(' / '),
    policy_type: textFolded(entity, 'detailEntry', 'policyType'),
    policy_effect: result === 'ALLOW' ? 'allow' : result === 'DENY' ? 'explicit_deny' : undefined,
  }
}
