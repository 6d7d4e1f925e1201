import { describe, expect, it } from 'vitest'
import { edgeFilter, nodeTerm } from '../../../../../src/renderer/views/graph/terms'

const node = (id: string, label: string) => ({ id, kind: id.slice(0, id.indexOf(':')), label, count: 1 })

describe('nodes as filter terms', () => {
  it('name the field that the node was grouped by', () => {
    expect(nodeTerm(node('actor:alice', 'Alice'))).toBe('actor_key:alice')
    expect(nodeTerm(node('actor:(unknown)', '(unknown)'))).toBe('-_exists_:actor_key')
    expect(nodeTerm(node('role:admin', 'Admin'))).toBe('(effective_id:admin OR effective_name:admin)')
    expect(nodeTerm(node('service:s3', 's3'))).toBe('(service:s3 OR (-_exists_:service source:s3))')
  })

  it('find the end of a resource type that has colons itself', () => {
    expect(nodeTerm(node('resource:AWS::S3::Bucket:b:1', 'AWS::S3::Bucket b:1'))).toBe(
      '(resource_type:"AWS::S3::Bucket" (resource_name:"b:1" OR (-_exists_:resource_name resource_key:"b:1")))',
    )
    expect(nodeTerm(node('resource::t', 't'))).toBe(
      '(-_exists_:resource_type (resource_name:t OR (-_exists_:resource_name resource_key:t)))',
    )
  })

  it('quote hostile names', () => {
    expect(nodeTerm(node('actor:a" OR *', 'x'))).toBe('actor_key:"a\\" OR *"')
  })

  it('can be negated, also where the term is an absence', () => {
    expect(nodeTerm(node('actor:alice', 'Alice'), true)).toBe('-actor_key:alice')
    expect(nodeTerm(node('actor:(unknown)', '(unknown)'), true)).toBe('NOT (-_exists_:actor_key)')
  })

  it('do not exist for nodes that stand for several', () => {
    expect(nodeTerm(node('resource:(others)', '(12 others)'))).toBeUndefined()
  })

  it('narrow the filter for both ends of an edge', () => {
    const nodes = new Map(
      [node('actor:a', 'a'), node('service:s', 's'), node('service:(others)', '')].map((own) => [own.id, own]),
    )
    expect(edgeFilter('outcome:denied', nodes, { source: 'actor:a', target: 'service:s' })).toBe(
      'outcome:denied actor_key:a (service:s OR (-_exists_:service source:s))',
    )
    expect(edgeFilter('', nodes, { source: 'actor:a', target: 'service:(others)' })).toBeUndefined()
  })
})
