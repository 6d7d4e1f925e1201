import { at, get, type JsonObject, list, text, textAt } from '../../../common/json'
import type { AccessEventRow } from '../../db/rows'
import { firstText, nameOf, texts } from './event'

type ResourceColumns = Pick<
  AccessEventRow,
  'resource_key' | 'resource_type' | 'resource_name' | 'resource_tenant' | 'resource_ns' | 'resources'
>

interface Target {
  readonly type: string
  readonly id: string
  readonly name?: string
}

/** What was reached through the gateway, or which of its own resources was changed; else the cluster itself. */
export function resourceColumns(event: JsonObject): ResourceColumns {
  const cluster = textAt(event, 'cluster_name')
  const found = [...reached(event), ...used(event), ...managed(event), ...server(event)]
  if (found.length === 0 && cluster !== undefined) found.push({ type: 'cluster', id: cluster })
  const main = found[0]
  const keyed = new Map(found.map((item) => [`teleport:${item.type}/${item.id}`, item.type]))
  return {
    resource_key: main === undefined ? undefined : `teleport:${main.type}/${main.id}`,
    resource_type: main?.type,
    resource_name: main?.name ?? main?.id,
    resource_tenant: cluster,
    resource_ns: textAt(event, 'resource_namespace'),
    resources: keyed.size === 0 ? undefined : [...keyed].map(([key, type]) => ({ key, type })),
  }
}

function reached(event: JsonObject): Target[] {
  const kubernetes = textAt(event, 'kubernetes_cluster')
  if (kubernetes !== undefined) return [kubernetesTarget(event, kubernetes)]
  const service = textAt(event, 'db_service')
  if (service !== undefined) {
    const database = textAt(event, 'db_name')
    return [{ type: 'database', id: database === undefined ? service : `${service}/${database}` }]
  }
  const app = textAt(event, 'app_name')
  if (app !== undefined) return [{ type: 'app', id: app }]
  const desktop = firstText(event, 'desktop_name', 'desktop_addr')
  return desktop === undefined ? [] : [{ type: 'desktop', id: desktop }]
}

function kubernetesTarget(event: JsonObject, cluster: string): Target {
  const kind = textAt(event, 'resource_kind')
  if (kind === undefined) return { type: 'kube', id: cluster }
  const name = textAt(event, 'resource_name')
  const where = textAt(event, 'resource_namespace') ?? '-'
  return { type: 'kube', id: `${cluster}/${where}/${kind}/${name ?? '*'}`, name: name ?? kind }
}

/** What was run or touched on a server: programs with their arguments, commands, files. */
function used(event: JsonObject): Target[] {
  const path = firstText(event, 'path', 'program')
  switch (nameOf(event)) {
    case 'session.command':
      if (path === undefined) return []
      return [{ type: 'program', id: path, name: [path, ...texts(get(event, 'argv'))].join(' ').slice(0, MAX_NAME) }]
    case 'exec':
    case 'session.exec': {
      const command = textAt(event, 'command')?.slice(0, MAX_NAME)
      return command === undefined ? [] : [{ type: 'command', id: command }]
    }
    case 'scp':
    case 'sftp':
    case 'session.disk':
      return path === undefined ? [] : [{ type: 'file', id: path }]
    default:
      return []
  }
}

const MAX_NAME = 1_000

/** Fields that name a resource of the gateway's own, and what it is. */
const named: readonly (readonly [field: readonly string[], type: string])[] = [
  [['access_list_name'], 'access_list'],
  [['mfa_device_name'], 'mfa_device'],
  [['device', 'device_id'], 'device'],
  [['instance_id'], 'instance'],
  [['service_provider_entity_id'], 'service_provider'],
]

function managed(event: JsonObject): Target[] {
  const name = nameOf(event)
  const found: Target[] = []
  const add = (type: string, id: string | undefined) => {
    if (id !== undefined) found.push({ type, id })
  }
  if (name.startsWith('access_request.')) add('access_request', textAt(event, 'id'))
  add(name.slice(0, Math.max(name.lastIndexOf('.'), 0)) || 'resource', textAt(event, 'name'))
  for (const [path, type] of named) add(type, textAt(event, ...path))
  if (name === 'session.recording.access') add('recording', textAt(event, 'sid'))
  add('user', textAt(event, 'target', 'user'))
  for (const member of list(at(event, 'members')).slice(0, 100)) add('user', textAt(member, 'member_name'))
  if (name === 'access_request.create') for (const role of texts(get(event, 'roles'))) add('role', role)
  return found
}

function server(event: JsonObject): Target[] {
  const host = textAt(event, 'server_hostname')
  const id = textAt(event, 'server_id') ?? host
  const found: Target[] =
    id === undefined ? [] : [{ type: 'server', id, ...(host === undefined ? {} : { name: host }) }]
  const address = textAt(event, 'dst_addr')
  if (address !== undefined) found.push({ type: 'host', id: `${address}:${text(get(event, 'dst_port')) ?? '-'}` })
  return found
}
