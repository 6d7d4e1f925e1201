import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { methods } from '../../../../src/contract'
import type { Database } from '../../../../src/engine/db/database'
import { accessGraph, divide } from '../../../../src/engine/graph/access'
import { graphSvg } from '../../../../src/engine/graph/svg'
import { memoryDatabase } from '../../../support/memoryDatabase'
import { addEvents, asking } from '../query/support'

describe('the access graph', () => {
  let db: Database
  beforeAll(async () => {
    db = await memoryDatabase()
    await addEvents(db, [
      {
        actor_key: 'mail:a',
        actor_name: 'Ann',
        service: 's3',
        resource_type: 'bucket',
        resource_name: 'x',
        outcome: 'denied',
      },
      { actor_key: 'mail:a', actor_name: 'Ann', service: 's3', resource_type: 'bucket', resource_name: 'x' },
      { actor_key: 'mail:b', effective_id: 'arn:admin', effective_name: 'admin', service: 's3', resource_name: 'y' },
      { actor_key: 'pg:c', actor_id: 'c', effective_id: 'c', service: 'db', outcome: 'auth_failed' },
      { actor_key: null, service: null, at: null },
      ...Array.from({ length: 40 }, (_, i) => ({
        actor_key: `mail:u${i}`,
        service: 's3',
        resource_type: 'bucket',
        resource_name: `z${i % 20}`,
      })),
    ])
  })
  afterAll(() => db.close())
  const graph = (filter: string, maxNodes = 120, pinned: string[] = []) =>
    accessGraph(asking(db), { scope: { filter }, maxNodes, pinned })

  it('leads from actors over roles and services to resources', async () => {
    const result = await graph('actor:(mail\\:a OR mail\\:b OR pg\\:c)')
    expect(result.truncated).toBe(false)
    expect(result.nodes).toEqual([
      { id: 'actor:mail:a', kind: 'actor', label: 'Ann', count: 2 },
      { id: 'actor:mail:b', kind: 'actor', label: 'mail:b', count: 1 },
      { id: 'actor:pg:c', kind: 'actor', label: 'c', count: 1 },
      { id: 'role:arn:admin', kind: 'role', label: 'admin', count: 1 },
      { id: 'service:s3', kind: 'service', label: 's3', count: 3 },
      { id: 'service:db', kind: 'service', label: 'db', count: 1 },
      { id: 'resource:bucket:x', kind: 'resource', label: 'bucket x', count: 2 },
      { id: 'resource::y', kind: 'resource', label: 'y', count: 1 },
    ])
    expect(result.edges.map((e) => `${e.source} > ${e.target} ${e.count} ${e.denied}`)).toEqual([
      'actor:mail:a > service:s3 2 1',
      'service:s3 > resource:bucket:x 2 1',
      'actor:mail:b > role:arn:admin 1 0',
      'actor:pg:c > service:db 1 0',
      'role:arn:admin > service:s3 1 0',
      'service:s3 > resource::y 1 0',
    ])
    expect(result.edges[0]).toMatchObject({
      firstTs: '2023-07-10T11:00:00.000000Z',
      lastTs: '2023-07-10T11:00:01.000000Z',
    })
  })

  it.each([2, 5, 12, 30])('folds what is beyond %i nodes, and no count is lost', async (maxNodes) => {
    const result = await graph('', maxNodes)
    expect(result.nodes.length).toBeLessThanOrEqual(Math.max(4, maxNodes))
    expect(result.truncated).toBe(true)
    const sum = (kind: string) => result.nodes.filter((n) => n.kind === kind).reduce((n, node) => n + node.count, 0)
    expect([sum('actor'), sum('service'), sum('resource'), sum('role')]).toEqual([45, 45, 43, 1])
    const out = result.edges.filter((e) => e.source.startsWith('actor:')).reduce((n, e) => n + e.count, 0)
    const into = result.edges.filter((e) => e.target.startsWith('resource:')).reduce((n, e) => n + e.count, 0)
    expect([out, into]).toEqual([45, 43])
    const ids = new Set(result.nodes.map((node) => node.id))
    expect(result.edges.every((e) => ids.has(e.source) && ids.has(e.target))).toBe(true)
    expect(methods['graph.access'].result.parse(result)).toEqual(result)
  })

  it('keeps pinned nodes, and says the same twice', async () => {
    const once = await graph('', 12, ['actor:mail:u39'])
    expect(once.nodes.map((node) => node.id)).toContain('actor:mail:u39')
    expect(await graph('', 12, ['actor:mail:u39'])).toEqual(once)
  })

  it('is empty for an empty scope', async () => {
    expect(await graph('action:none')).toEqual({ nodes: [], edges: [], truncated: false })
  })

  it('draws resources that read alike as one node, with the edges of both', async () => {
    const alike = await memoryDatabase()
    await addEvents(alike, [
      { actor_key: 'mail:a', service: 's', resource_type: 'a:b', resource_name: 'c', at: 5 },
      { actor_key: 'mail:a', service: 's', resource_type: 'a', resource_name: 'b:c', at: null, outcome: 'denied' },
    ])
    const result = await accessGraph(asking(alike), { scope: { filter: '' }, maxNodes: 120, pinned: [] })
    await alike.close()
    expect(result.nodes.filter((node) => node.kind === 'resource')).toMatchObject([{ id: 'resource:a:b:c', count: 2 }])
    expect(result.edges.filter((edge) => edge.target === 'resource:a:b:c')).toMatchObject([
      { count: 2, denied: 1, firstTs: '2023-07-10T11:00:05.000000Z', lastTs: '2023-07-10T11:00:05.000000Z' },
    ])
  })

  it('divides the room so that unused shares are given on', () => {
    expect(
      divide(
        new Map([
          ['actor', 50],
          ['service', 1],
        ]),
        10,
      ),
    ).toEqual(
      new Map([
        ['actor', 8],
        ['service', 1],
      ]),
    )
  })

  it('is drawn as a figure that names everything, with markup in names kept as text', async () => {
    const drawn = await graph('')
    const hostile = '<script>alert(1)</script>"\'&\u202e\u0000'
    const nodes = drawn.nodes.map((node, index) => (index === 0 ? { ...node, label: hostile } : node))
    const svg = graphSvg({ ...drawn, nodes }, { title: hostile })
    expect(svg).not.toContain('<script')
    expect(svg).toContain('&lt;script&gt;')
    expect(svg).toContain('[U+202E][U+0000]')
    expect(svg).toContain('2 accesses, 1 denied')
    expect(svg).not.toMatch(/href|url\(http|<image|<foreignObject/)
    expect(graphSvg({ ...drawn, nodes }, { title: hostile })).toBe(svg)
    expect(graphSvg({ nodes: [], edges: [], truncated: false })).toContain('0 nodes')
  })
})
