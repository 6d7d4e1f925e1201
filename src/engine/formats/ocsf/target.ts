import { get, type JsonObject, type JsonValue, list, textAt } from '../../../common/json'
import type { AccessEventRow } from '../../db/rows'
import { parseArn } from '../shared/arn'
import type { EventKind } from './classes'
import { accountOf } from './identity'

interface Target {
  readonly key: string
  readonly type: string
  readonly name: string
  readonly value: JsonValue
}

const MAX_TARGETS = 100

/** What was acted on: the fields that the class has for it, best first. */
export function targetColumns(event: JsonObject, kind: EventKind): Partial<AccessEventRow> {
  const targets = kind.target.flatMap((field) => targetsIn(event, field)).slice(0, MAX_TARGETS)
  const main = targets[0]
  const cloud = get(event, 'cloud')
  if (main === undefined) return { resource_region: textAt(cloud, 'region') }
  return {
    resource_key: main.key,
    resource_type: main.type,
    resource_name: main.name,
    resource_tenant:
      textAt(main.value, 'owner', 'account', 'uid') ??
      (parseArn(main.key) === undefined ? undefined : accountOf(main.key)) ??
      textAt(main.value, 'account', 'uid') ??
      accountOf(textAt(cloud, 'account', 'uid')),
    resource_ns: textAt(main.value, 'namespace'),
    resource_region: textAt(main.value, 'region') ?? textAt(cloud, 'region'),
    resources: targets.map(({ key, type }) => ({ key, type })),
  }
}

function targetsIn(event: JsonObject, field: string): readonly Target[] {
  const value = get(event, field)
  const values = Array.isArray(value) ? list(value) : value === undefined ? [] : [value]
  return values.slice(0, MAX_TARGETS).flatMap((item) => target(item, field) ?? [])
}

/** An ARN is its own key; other ids are unique only together with their type. */
function target(value: JsonValue, field: string): Target | undefined {
  const id = textAt(value, 'uid') ?? textAt(value, 'path') ?? textAt(value, 'url_string')
  const name =
    textAt(value, 'name') ?? withoutQuery(textAt(value, 'svc_name')) ?? textAt(value, 'hostname') ?? textAt(value, 'ip')
  const tail = id ?? name
  if (tail === undefined) return undefined
  const type = textAt(value, 'type') ?? field.replace(/s$/, '')
  return { key: parseArn(tail) === undefined ? `ocsf:${type}/${tail}` : tail, type, name: name ?? tail, value }
}

/** Services are sometimes named by a whole address; its query differs from call to call. */
function withoutQuery(value: string | undefined): string | undefined {
  return value?.includes('://') === true ? value.split(/[?#]/, 1)[0] : value
}
