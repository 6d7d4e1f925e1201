import { describe, expect, it } from 'vitest'
import { likenesses } from '../../../../../src/renderer/views/inspector/neighbours'

describe('neighbours of an event', () => {
  it('are by what the event holds, and by time alone', () => {
    const found = likenesses({ actor_key: 'aws:user/alice', src_ip: '192.0.2.1', session_id: null, request_id: '' })
    expect(found.map(({ id, term }) => [id, term])).toEqual([
      ['actor', 'actor_key:"aws:user/alice"'],
      ['address', 'src_ip:192.0.2.1'],
      ['any', ''],
    ])
  })

  it('are asked for with hostile values as they are', () => {
    const [actor] = likenesses({ actor_key: '") OR x:"*' })
    expect(actor?.term).toBe(String.raw`actor_key:"\") OR x:\"*"`)
  })
})
