import { describe, expect, it } from 'vitest'
import { nodeName, resourceParts } from '../../../src/common/resourceParts'

const resource = (id: string, label: string) => ({ id: `resource:${id}`, kind: 'resource', label })

describe('the name of a resource', () => {
  it('begins after its type, which may hold colons, as the name may', () => {
    const bucket = resource('AWS::S3::Bucket:logs:2026 x', 'AWS::S3::Bucket logs:2026 x')
    expect(resourceParts(bucket)).toEqual({ type: 'AWS::S3::Bucket', name: 'logs:2026 x' })
    expect(nodeName(bucket)).toBe('logs:2026 x')
    expect(resourceParts(resource(':shop', 'shop'))).toEqual({ type: '', name: 'shop' })
  })

  it('is the label where the node stands for several, has no name, or is of another kind', () => {
    expect(resourceParts(resource('(others)', '(4 others)'))).toBeUndefined()
    expect(nodeName(resource('(others)', '(4 others)'))).toBe('(4 others)')
    expect(nodeName(resource('TABLE:', 'TABLE '))).toBe('TABLE ')
    expect(nodeName({ id: 'actor:a b', kind: 'actor', label: 'a b' })).toBe('a b')
  })
})
