/** What an access in a log record was about: a named resource, else the route of the request. */
import type { AccessEventRow } from '../../../db/rows'
import type { Facts } from './facts'

const kinds = ['resource.type', 'target.type', 'object.type', 'entity.type', 'audit.resource.type']
const ids = ['resource.id', 'target.id', 'object.id', 'entity.id', 'audit.resource.id']
const names = ['resource.name', 'target.name', 'object.name', 'entity.name', 'audit.resource.name']
const bare = ['audit.resource', 'audit.target', 'resource', 'target', 'object']

export function resourceColumns(facts: Facts): Partial<AccessEventRow> {
  const name = facts.text(...names)
  const id = facts.text(...ids) ?? name ?? facts.text(...bare)
  if (id !== undefined) {
    const type = facts.text(...kinds)
    const key = `otel:${type ?? 'resource'}/${id}`
    return { resource_key: key, resource_type: type, resource_name: name ?? id, resources: [keyed(key, type)] }
  }
  const route = facts.text('http.route') ?? templateOf(pathOf(facts))
  if (route === undefined) return {}
  const key = `http:${facts.text('server.address', 'http.host', 'net.host.name') ?? ''}${route}`
  return { resource_key: key, resource_type: 'route', resource_name: route, resources: [keyed(key, 'route')] }
}

function keyed(key: string, type: string | undefined): { key: string; type?: string } {
  return type === undefined ? { key } : { key, type }
}

/** The path of the request without its query. */
export function pathOf(facts: Facts): string | undefined {
  const path = facts.text('url.path')
  if (path !== undefined) return path
  const target = facts.text('http.target') ?? afterHost(facts.text('url.full', 'http.url'))
  return target?.replace(/[?#].*$/s, '') || undefined
}

function afterHost(url: string | undefined): string | undefined {
  return url === undefined ? undefined : /^[a-z][a-z0-9+.-]{0,20}:\/\/[^/?#]{0,500}(.*)$/is.exec(url)?.[1]
}

/** Segments that are ids become `{id}`, so that one route is one resource. */
function templateOf(path: string | undefined): string | undefined {
  return path
    ?.split('/')
    .map((part) =>
      /^(?:\d+|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{16,64})$/i.test(part) ? '{id}' : part,
    )
    .join('/')
}
