import { createHash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { networkInterfaces } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { postSession, type Rig, raw, rawSocket, signIn, startRig, tokenOf, upload } from './rig'

let rig: Rig
let cookie: string
beforeAll(async () => {
  rig = await startRig({
    maxUploadBytes: 200_000,
    maxUploadFiles: 20,
    headersTimeoutMs: 500,
    sessionBodyTimeoutMs: 300,
  })
  cookie = await signIn(rig)
})
afterAll(() => rig.server.close())

const head = (lines: string[]) => `${lines.join('\r\n')}\r\n\r\n`

describe('where the web host listens', () => {
  it('is the loopback address only', async () => {
    const others = Object.values(networkInterfaces())
      .flat()
      .filter((item) => item !== undefined && !item.internal && item.family === 'IPv4')
    for (const other of others) {
      await expect(fetch(`http://${other?.address}:${rig.server.port}/`)).rejects.toThrow()
    }
    expect((await fetch(`${rig.origin}/`)).status).toBe(200)
  })
})

describe('every answer', () => {
  it.each(['/', '/missing.js', '/upload', '/download/x'])(
    'of %s carries the policy and allows no other origin',
    async (path) => {
      const { headers } = await fetch(rig.origin + path, { headers: { origin: rig.origin } })
      expect(headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'")
      expect(headers.get('content-security-policy')).toContain("require-trusted-types-for 'script'")
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
    },
  )
})

describe('requests from elsewhere', () => {
  it('are answered 421 for a rebound name', async () => {
    expect(await raw(rig, head(['GET / HTTP/1.1', 'Host: evil.example', 'Connection: close']))).toMatch(
      /^HTTP\/1.1 421/,
    )
  })

  it('are answered 421 for two Host headers, where a proxy and we could disagree', async () => {
    const host = `Host: 127.0.0.1:${rig.server.port}`
    const answer = await raw(rig, head(['GET / HTTP/1.1', host, 'Host: evil.example', 'Connection: close']))
    expect(answer).toMatch(/^(?:HTTP\/1.1 421|$)/)
  })

  it('are refused with a foreign origin, also with the right cookie', async () => {
    const response = await fetch(`${rig.origin}/download/x`, { headers: { origin: 'https://evil.example', cookie } })
    expect(response.status).toBe(403)
  })

  it('cannot be a plain form post', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const token = tokenOf(rig.server.newLink())
      const session = await postSession(rig, token, { 'content-type': type })
      expect(session.status).toBe(415)
      const uploaded = await fetch(`${rig.origin}/upload`, {
        method: 'POST',
        headers: { 'content-type': type, origin: rig.origin, cookie },
        body: 'x',
      })
      expect(uploaded.status).toBe(415)
    }
  })

  it('get no preflight', async () => {
    const response = await fetch(`${rig.origin}/session`, {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    })
    expect(response.status).toBe(405)
  })
})

describe('the token', () => {
  it('works once', async () => {
    const token = tokenOf(rig.server.newLink())
    expect((await postSession(rig, token)).status).toBe(200)
    expect((await postSession(rig, token)).status).toBe(401)
  })

  it('works for five minutes', async () => {
    const token = tokenOf(rig.server.newLink())
    rig.clock.ms += 5 * 60 * 1000
    expect((await postSession(rig, token)).status).toBe(401)
  })

  it.each(['', 'x', 'A'.repeat(43), '__proto__'])('is not %j', async (token) => {
    expect((await postSession(rig, token)).status).toBe(401)
  })

  it('stands in the fragment, which no server ever sees', () => {
    const link = new URL(rig.server.newLink())
    expect([link.pathname, link.search]).toEqual(['/', ''])
    expect(link.hash).toMatch(/^#token=[\w-]{43}$/)
  })

  it.each([
    ['no JSON', '{'],
    ['another shape', '[]'],
    ['a deep nest', `${'['.repeat(400)}${']'.repeat(400)}`],
  ])('is not taken from %s', async (_title, body) => {
    const response = await fetch(`${rig.origin}/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: rig.origin },
      body,
    })
    expect(response.status).toBe(401)
  })
})

describe('without a session', () => {
  it.each(['', 'crosstrail_1=x', 'crosstrail=x'])('nothing opens (%j)', async (wrong) => {
    expect((await upload(rig, wrong, 'a.json', '{}')).status).toBe(401)
    expect((await fetch(`${rig.origin}/download/x`, { headers: { cookie: wrong } })).status).toBe(401)
    expect(await socketStatus({ origin: rig.origin, cookie: wrong })).toBe(401)
  })

  it('a socket opens neither without an origin nor from another', async () => {
    expect(await socketStatus({ cookie })).toBe(403)
    expect(await socketStatus({ cookie, origin: 'https://evil.example' })).toBe(403)
    expect(await socketStatus({ cookie, origin: rig.origin }, '/other')).toBe(404)
  })
})

describe('paths', () => {
  it.each([
    '/../secret',
    '/%2e%2e/secret',
    '/..%2f..%2fetc/passwd',
    '//etc/passwd',
    '/index.html/..',
    '/download/../x',
  ])('such as %s lead nowhere', async (path) => {
    const answer = await raw(
      rig,
      head([`GET ${path} HTTP/1.1`, `Host: 127.0.0.1:${rig.server.port}`, `Cookie: ${cookie}`, 'Connection: close']),
    )
    expect(answer).toMatch(/^HTTP\/1.1 404/)
    expect(answer).not.toContain('root:')
  })
})

describe('an upload', () => {
  it('arrives byte for byte, in a folder of its own, named after its last part', async () => {
    const bytes = new Uint8Array(randomBytes(100_000))
    const response = await upload(rig, cookie, '../../logs/a.json', bytes)
    expect(response.status).toBe(200)
    const { ref, name } = (await response.json()) as { ref: string; name: string }
    expect(name).toBe('../../logs/a.json')
    const path = rig.sources.resolve(ref) ?? ''
    expect(basename(path)).toBe('a.json')
    expect(path).toMatch(/crosstrail-upload-[^/]+\/\d+\/a\.json$/)
    expect(sha(await readFile(path))).toBe(sha(bytes))
  })

  it('is refused when it is too large, whether it says so or not, and leaves nothing', async () => {
    const large = new Uint8Array(200_001)
    expect((await upload(rig, cookie, 'a', large)).status).toBe(413)
    const chunk = 'x'.repeat(60_000)
    const chunked = `${chunk.length.toString(16)}\r\n${chunk}\r\n`
    const answer = await raw(
      rig,
      head([
        'POST /upload HTTP/1.1',
        `Host: 127.0.0.1:${rig.server.port}`,
        `Origin: ${rig.origin}`,
        `Cookie: ${cookie}`,
        'Content-Type: application/octet-stream',
        'X-Crosstrail-Name: a',
        'Transfer-Encoding: chunked',
      ]) + chunked.repeat(5),
    )
    expect(answer).toMatch(/^HTTP\/1.1 413/)
  })

  it('that breaks off gives no handle and others go on', async () => {
    const socket = rawSocket(rig.server.port)
    socket.write(
      head([
        'POST /upload HTTP/1.1',
        `Host: 127.0.0.1:${rig.server.port}`,
        `Origin: ${rig.origin}`,
        `Cookie: ${cookie}`,
        'Content-Type: application/octet-stream',
        'X-Crosstrail-Name: cut.json',
        'Content-Length: 1000',
      ]),
    )
    socket.write('half')
    await new Promise((resolve) => setTimeout(resolve, 50))
    socket.destroy()
    expect((await upload(rig, cookie, 'b.json', '{}')).status).toBe(200)
  })

  it('has a bound on the number of files', async () => {
    const statuses: number[] = []
    for (let index = 0; index < 21; index++) statuses.push((await upload(rig, cookie, 'n', 'x')).status)
    expect(statuses.at(0)).toBe(200)
    expect(statuses.at(-1)).toBe(413)
  })

  it('needs a name that can be decoded', async () => {
    const response = await fetch(`${rig.origin}/upload`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream', 'x-crosstrail-name': '%ff', origin: rig.origin, cookie },
      body: 'x',
    })
    expect(response.status).toBe(400)
  })
})

describe('a download', () => {
  it('comes as an attachment that can run nothing', async () => {
    const path = join(rig.folder, 'evil.html')
    await writeFile(path, '<script>alert(1)</script>')
    const { ref } = await rig.downloads.offer({ path, fileName: 'evil.html', mediaType: 'text/html' })
    const response = await fetch(`${rig.origin}/download/${ref}`, { headers: { cookie } })
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="evil.html"; filename*=UTF-8''evil.html`,
    )
    expect(response.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(await response.text()).toBe('<script>alert(1)</script>')
  })

  it('that nobody offered is not there', async () => {
    expect((await fetch(`${rig.origin}/download/download-00`, { headers: { cookie } })).status).toBe(404)
  })
})

describe('bad clients', () => {
  it('that send a huge header are cut', async () => {
    const answer = await raw(
      rig,
      head(['GET / HTTP/1.1', `Host: 127.0.0.1:${rig.server.port}`, `X: ${'a'.repeat(20_000)}`]),
    ).catch(() => '')
    expect(answer).not.toMatch(/^HTTP\/1.1 200/)
  })

  it('that never finish their headers are cut while others are served', async () => {
    const slow = rawSocket(rig.server.port)
    const gone = new Promise((resolve) => slow.on('close', resolve))
    slow.on('error', () => undefined)
    slow.write(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${rig.server.port}\r\n`)
    expect((await fetch(`${rig.origin}/`)).status).toBe(200)
    await gone
  })

  it('that never finish a small body are told so', async () => {
    const answer = await raw(
      rig,
      head([
        'POST /session HTTP/1.1',
        `Host: 127.0.0.1:${rig.server.port}`,
        `Origin: ${rig.origin}`,
        'Content-Type: application/json',
        'Content-Length: 100',
      ]),
    )
    expect(answer).toMatch(/^HTTP\/1.1 408/)
  })

  it('that send a huge body where a token belongs are cut', async () => {
    const body = '"'.repeat(100_000)
    const answer = await raw(
      rig,
      head([
        'POST /session HTTP/1.1',
        `Host: 127.0.0.1:${rig.server.port}`,
        `Origin: ${rig.origin}`,
        'Content-Type: application/json',
        `Content-Length: ${body.length}`,
      ]) + body,
    )
    expect(answer).toMatch(/^HTTP\/1.1 413/)
  })

  it('that speak no HTTP do no harm', async () => {
    await raw(rig, '\x16\x03\x01\x02\x00\r\n\r\n').catch(() => '')
    expect((await fetch(`${rig.origin}/`)).status).toBe(200)
  })

  it('that send too large or binary socket messages lose their connection, nobody else does', async () => {
    const other = await openSocket()
    for (const message of ['x'.repeat(13 * 1024 * 1024), Buffer.from('{}'), '{}']) {
      const socket = await openSocket()
      const closed = new Promise((resolve) => socket.on('close', resolve))
      socket.on('error', () => undefined)
      socket.send(message)
      await closed
    }
    expect(other.readyState).toBe(WebSocket.OPEN)
    other.close()
  })

  it('cannot open more sockets than the host allows', async () => {
    const open = await Promise.all(Array.from({ length: 16 }, openSocket))
    expect(await socketStatus({ cookie, origin: rig.origin })).toBe(503)
    for (const socket of open) socket.close()
  })
})

describe('stopping', () => {
  it('removes uploads, hangs up and frees the port', async () => {
    const short = await startRig()
    const own = await signIn(short)
    const { ref } = (await (await upload(short, own, 'a', 'x')).json()) as { ref: string }
    const path = short.sources.resolve(ref) ?? ''
    expect(existsSync(path)).toBe(true)
    const idle = rawSocket(short.server.port)
    const gone = new Promise((resolve) => idle.on('close', resolve))
    await new Promise((resolve) => idle.on('connect', resolve))
    await short.server.close()
    await gone
    expect(existsSync(path)).toBe(false)
    await expect(fetch(`${short.origin}/`)).rejects.toThrow()
  })
})

function sha(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function openSocket(): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${rig.server.port}/rpc`, { headers: { cookie }, origin: rig.origin })
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve(socket))
    socket.on('error', reject)
  })
}

/** The status with which an upgrade was refused; 101 where it was not. */
function socketStatus(headers: Record<string, string>, path = '/rpc'): Promise<number> {
  const socket = new WebSocket(`ws://127.0.0.1:${rig.server.port}${path}`, { headers })
  return new Promise((resolve) => {
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0))
    socket.on('open', () => resolve(101))
    socket.on('error', () => undefined)
  })
}
