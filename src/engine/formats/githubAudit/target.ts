import { get, type JsonObject, list, text, textAt } from '../../../common/json'
import type { AccessEventRow } from '../../db/rows'

interface Target {
  readonly type: string
  readonly id: string
  readonly name?: string | undefined
}

/** Text of a field, of the first element where there are several, or of the same field under `data`. */
export function field(entry: JsonObject, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = get(entry, name)
    const found = text(value) ?? text(list(value)[0]) ?? textAt(entry, 'data', name)
    if (found !== undefined) return found
  }
  return undefined
}

/** Which of several targets an entry is about, by its action; else the repository, or what comes first. */
const mainTypes: readonly (readonly [RegExp, string])[] = [
  [/^team\./, 'team'],
  [/^hook\./, 'hook'],
  [/^workflows\./, 'workflow'],
  [/^repository_ruleset\./, 'ruleset'],
  [/^pull_request/, 'pull_request'],
  [
    /^(?:org|business)\..*(?:member|user|owner|admin|manager|collaborator)|^(?:user|role)\.|\.(?:add|remove|update|invite)_member/,
    'user',
  ],
]

export function targetColumns(
  entry: JsonObject,
  action: string,
): Pick<AccessEventRow, 'resource_key' | 'resource_type' | 'resource_name' | 'resource_tenant' | 'resources'> {
  const wanted = mainTypes.find(([form]) => form.test(action))?.[1]
  const targets = targetsOf(entry, wanted)
  const main = targets.find((target) => target.type === wanted) ?? targets[0]
  const tenant = field(entry, 'org', 'business')
  if (main === undefined) return { resource_tenant: tenant }
  return {
    resource_key: keyOf(main),
    resource_type: main.type,
    resource_name: main.name ?? main.id,
    resource_tenant: tenant,
    resources: targets.map((target) => ({ key: keyOf(target), type: target.type })),
  }
}

function keyOf({ type, id }: Target): string {
  return `github:${type}/${id}`
}

/** The organisation or enterprise itself is the target only where nothing smaller is named. */
function targetsOf(entry: JsonObject, wanted: string | undefined): readonly Target[] {
  const found: Target[] = []
  const add = (type: string, id: string | undefined, name?: string) => {
    if (id !== undefined && !found.some((target) => target.type === type)) found.push({ type, id, name })
  }
  add('repo', field(entry, 'repo', 'repository'))
  add('team', field(entry, 'team'))
  // Many entries repeat the actor there, whatever they are about.
  const user = field(entry, 'user', 'target_login', 'invitee')
  if (wanted === 'user' || user !== field(entry, 'actor')) add('user', user)
  add('hook', field(entry, 'hook_id'))
  const request = field(entry, 'pull_request_id')
  add('pull_request', request, request === undefined ? undefined : field(entry, 'pull_request_title'))
  const workflow = field(entry, 'workflow_id')
  add('workflow', workflow, workflow === undefined ? undefined : field(entry, 'name'))
  const ruleset = field(entry, 'ruleset_id')
  add('ruleset', ruleset, ruleset === undefined ? undefined : field(entry, 'ruleset_name'))
  if (found.length === 0) add('org', field(entry, 'org'))
  if (found.length === 0) add('business', field(entry, 'business'))
  return found
}
