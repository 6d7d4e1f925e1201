import { describe, expect, it } from 'vitest'
import { AppError, isAppError } from '../../../src/common/errors'
import { createClient } from '../../../src/rpc/client'
import { inProcessClient, memoryTransports } from '../../../src/rpc/inProcess'
import { type Failure, serveConnection } from '../../../src/rpc/server'
import { service } from './service'

async function failure(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!isAppError(error)) throw new Error('expected an AppError')
  return error
}

const never = () => new Promise<never>(() => undefined)
const settle = () => new Promise((resolve) => setTimeout(resolve, 5))

describe('a call', () => {
  it('reaches its handler with defaults filled in and brings the answer back', async () => {
    const client = inProcessClient(
      service({
        'events.count': async (params) => ({
          count: params.scope.filter === '' ? 7 : 0,
          groups: [],
          truncated: false,
        }),
      }),
      { checkResults: true },
    )
    expect(await client.call('events.count', {})).toEqual({ count: 7, groups: [], truncated: false })
  })

  it('gets a copy, so that neither side can change the other', async () => {
    const row = { event_id: '1', list: [1] }
    const client = inProcessClient(service({ 'events.page': async () => ({ rows: [row], more: false }) }))
    const { rows } = await client.call('events.page', {})
    expect(rows).toEqual([row])
    expect(rows[0]).not.toBe(row)
  })

  it('keeps keys such as __proto__ as data in both directions', async () => {
    const row = JSON.parse('{"__proto__": {"polluted": true}, "constructor": "x", "toJSON": "y"}')
    const client = inProcessClient(service({ 'events.page': async () => ({ rows: [row], more: false }) }))
    const { rows } = await client.call('events.page', {})
    expect(JSON.stringify(rows[0])).toBe(JSON.stringify(row))
    expect(Object.hasOwn(rows[0] ?? {}, '__proto__')).toBe(true)
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  it('is refused with the place of the fault when its params do not fit', async () => {
    const client = inProcessClient(service({}))
    const error = await failure(client.call('events.page', { limit: 0 }))
    expect(error.code).toBe('usage')
    expect(error.details.path).toBe('limit')
  })

  it('is refused when it names a property of every object instead of a method', async () => {
    const [clientEnd, serverEnd] = memoryTransports()
    serveConnection({ service: service({}), transport: serverEnd, log: () => undefined })
    const answers: string[] = []
    clientEnd.onMessage((text) => answers.push(text))
    clientEnd.send('{"t":"call","id":1,"method":"constructor","params":{}}')
    await settle()
    expect(JSON.parse(answers[0] ?? '')).toMatchObject({ t: 'error', id: 1, error: { code: 'usage' } })
  })

  it('fails with the reference only, when the handler broke, and the log holds the rest', async () => {
    const log: Failure[] = []
    const secret = new Error('ENOENT: /home/someone/case')
    const client = inProcessClient(service({ 'case.info': () => Promise.reject(secret) }), {
      log: (entry) => log.push(entry),
      newRef: () => 'ref-1',
    })
    const error = await failure(client.call('case.info', {}))
    expect(error.code).toBe('internal')
    expect(error.message).not.toContain('/home')
    expect(error.details.ref).toBe('ref-1')
    expect(log).toEqual([{ ref: 'ref-1', method: 'case.info', error: secret }])
  })

  it('brings code, message and details of an AppError over', async () => {
    const client = inProcessClient(
      service({
        'filter.check': () => Promise.reject(new AppError('filter.invalid', 'Unknown field.', { position: 3 })),
      }),
      { newRef: () => 'r' },
    )
    const error = await failure(client.call('filter.check', { filter: 'a:b' }))
    expect([error.code, error.message, error.details]).toEqual([
      'filter.invalid',
      'Unknown field.',
      { position: 3, ref: 'r' },
    ])
  })

  it('fails as internal when the handler throws before it returns a promise', async () => {
    const client = inProcessClient(
      service({
        'case.info': () => {
          throw new TypeError('x')
        },
      }),
    )
    expect((await failure(client.call('case.info', {}))).code).toBe('internal')
  })

  it('breaks loudly in tests when an answer does not fit the contract', async () => {
    const log: Failure[] = []
    const client = inProcessClient(
      service({ 'events.count': async () => ({ count: 0.5, groups: [], truncated: false }) }),
      {
        checkResults: true,
        log: (entry) => log.push(entry),
      },
    )
    expect((await failure(client.call('events.count', {}))).code).toBe('internal')
    expect(String(log[0]?.error)).toContain('events.count breaks the contract')
  })

  it('does not hang when the answer is no JSON', async () => {
    const rows = [{ n: 1n as unknown as number }]
    const client = inProcessClient(service({ 'events.page': async () => ({ rows, more: false }) }))
    expect((await failure(client.call('events.page', {}))).code).toBe('internal')
  })
})

describe('a long task', () => {
  it('reports on its way, in order, before the answer', async () => {
    const seen: number[] = []
    const client = inProcessClient(
      service({
        'case.verify': async (_, { report }) => {
          for (const done of [1, 2, 3]) report({ step: 'chain', done, total: 3 })
          return { ok: true, head: '', seq: 0, afterHead: null, findings: [] }
        },
      }),
      { checkResults: true },
    )
    await client.call('case.verify', {}, { onProgress: ({ done }) => seen.push(done) })
    expect(seen).toEqual([1, 2, 3])
  })

  it('is told of a cancel and ends as cancelled, whatever it stumbled over, without a log entry', async () => {
    const log: Failure[] = []
    const client = inProcessClient(
      service({
        'case.rebuild': (_, { signal }) =>
          new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('interrupted')))),
      }),
      { log: (entry) => log.push(entry) },
    )
    const abort = new AbortController()
    const call = client.call('case.rebuild', {}, { signal: abort.signal })
    await settle()
    abort.abort()
    expect((await failure(call)).code).toBe('cancelled')
    expect(log).toEqual([])
  })

  it('gives its answer when it was done before the cancel arrived', async () => {
    const client = inProcessClient(
      service({
        'case.close': async () => {
          await settle()
          return {}
        },
      }),
    )
    const abort = new AbortController()
    const call = client.call('case.close', {}, { signal: abort.signal })
    abort.abort()
    expect(await call).toEqual({})
  })

  it('does not start when the signal has fired already', async () => {
    let started = false
    const client = inProcessClient(
      service({
        'case.close': async () => {
          started = true
          return {}
        },
      }),
    )
    expect((await failure(client.call('case.close', {}, { signal: AbortSignal.abort() }))).code).toBe('cancelled')
    await settle()
    expect(started).toBe(false)
  })
})

describe('a connection', () => {
  it('fails open calls with transport when it ends, and tells the handlers to stop', async () => {
    const signals: AbortSignal[] = []
    const client = inProcessClient(
      service({
        'case.info': (_, { signal }) => {
          signals.push(signal)
          return never()
        },
      }),
    )
    const call = client.call('case.info', {})
    await settle()
    client.close()
    expect((await failure(call)).code).toBe('transport')
    expect(signals[0]?.aborted).toBe(true)
    expect((await failure(client.call('case.info', {}))).code).toBe('transport')
  })

  it('passes changes on to every listener until it stops listening', async () => {
    const engine = service({})
    const client = inProcessClient(engine)
    const seen: string[] = []
    const stop = client.onChange(({ kind }) => seen.push(kind))
    engine.change({ kind: 'notes' })
    await settle()
    stop()
    engine.change({ kind: 'events' })
    await settle()
    expect(seen).toEqual(['notes'])
  })

  it.each([
    ['no JSON', '{'],
    ['no frame', '{"t":"call"}'],
    ['an extra key', '{"t":"cancel","id":1,"x":1}'],
    ['a number that is no id', '{"t":"cancel","id":1.5}'],
    ['an array', '[]'],
    ['too long a text', `{"t":"call","id":1,"method":"case.info","params":"${'x'.repeat(4 * 1024 * 1024)}"}`],
  ])('ends when the client sends %s', async (_title, text) => {
    const [clientEnd, serverEnd] = memoryTransports()
    serveConnection({ service: service({}), transport: serverEnd, log: () => undefined })
    let reason = ''
    clientEnd.onClose((why) => {
      reason = why
    })
    clientEnd.send(text)
    await settle()
    expect(reason).toBe('A message was not understood.')
  })

  it('ends when two open calls have the same number', async () => {
    const [clientEnd, serverEnd] = memoryTransports()
    serveConnection({ service: service({ 'case.info': never }), transport: serverEnd, log: () => undefined })
    let ended = false
    clientEnd.onClose(() => {
      ended = true
    })
    clientEnd.send('{"t":"call","id":1,"method":"case.info","params":{}}')
    clientEnd.send('{"t":"call","id":1,"method":"case.info","params":{}}')
    await settle()
    expect(ended).toBe(true)
  })

  it('bounds the number of open calls and still answers', async () => {
    const client = inProcessClient(service({ 'case.info': never }))
    for (let index = 0; index < 1_000; index++) client.call('case.info', {}).catch(() => undefined)
    expect((await failure(client.call('case.info', {}))).message).toContain('Too many requests')
  })

  it('ends when the server sends something that is no answer', async () => {
    const [clientEnd, serverEnd] = memoryTransports()
    const client = createClient(clientEnd)
    const call = client.call('case.info', {})
    serverEnd.send('{"t":"result"}')
    expect((await failure(call)).code).toBe('transport')
  })
})
