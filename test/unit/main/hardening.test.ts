import { beforeEach, describe, expect, it, vi } from 'vitest'
import { declareScheme, serveRenderer } from '../../../src/main/appProtocol'
import { hardenProcess, hardenSession } from '../../../src/main/hardening'
import { isOurs } from '../../../src/main/origin'
import * as electron from '../../support/electronStandIn'

// The modules under test see the stand-in as `electron`; only its shape differs, which the real types check elsewhere.
const session = () => new electron.Session()
const asSession = (value: electron.Session) => value as unknown as Parameters<typeof hardenSession>[0]

beforeEach(() => electron.resetElectron())

describe('our origin', () => {
  it.each(['app://crosstrail/index.html', 'app://crosstrail/a/b.js#x', 'app://crosstrail'])('is %s', (url) => {
    expect(isOurs(url)).toBe(true)
  })
  it.each([
    '',
    'app://',
    'app://crosstrail.evil/',
    'app://evil@crosstrail.evil/',
    'app://evil/crosstrail',
    'https://crosstrail/',
    'file:///crosstrail',
    'about:blank',
    'data:text/html,app://crosstrail/',
  ])('is not %j', (url) => {
    expect(isOurs(url)).toBe(false)
  })
})

describe('every page', () => {
  it.each(['will-navigate', 'will-redirect', 'will-frame-navigate', 'will-attach-webview'])('is denied %s', (event) => {
    hardenProcess()
    const contents = new electron.WebContents()
    electron.app.emit('web-contents-created', {}, contents)
    const preventDefault = vi.fn()
    contents.emit(event, { preventDefault, url: 'app://crosstrail/index.html' })
    expect(preventDefault).toHaveBeenCalled()
  })

  it('cannot open a window', () => {
    hardenProcess()
    const contents = new electron.WebContents()
    electron.app.emit('web-contents-created', {}, contents)
    expect(contents.openHandler?.()).toEqual({ action: 'deny' })
  })

  it('runs sandboxed, in a process that finds no name on any network', () => {
    hardenProcess()
    expect(electron.recorded).toContainEqual({ what: 'enableSandbox', value: true })
    expect(electron.recorded).toContainEqual({ what: 'switch', value: ['host-resolver-rules', 'MAP * ~NOTFOUND'] })
  })
})

describe('the session', () => {
  it.each(['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'fileSystem', 'hid', 'unknown'])(
    'denies %s',
    (permission) => {
      const own = session()
      hardenSession(asSession(own))
      const answer = vi.fn()
      own.set.get('permissionRequest')?.({ getURL: () => 'app://crosstrail/' }, permission, answer)
      expect(answer).toHaveBeenCalledExactlyOnceWith(false)
      expect(own.set.get('permissionCheck')?.(null, permission, 'app://crosstrail/')).toBe(false)
    },
  )

  it('lets only our page write text to the clipboard', () => {
    const own = session()
    hardenSession(asSession(own))
    const check = own.set.get('permissionCheck')
    expect(check?.(null, 'clipboard-sanitized-write', 'app://crosstrail/')).toBe(true)
    expect(check?.(null, 'clipboard-sanitized-write', 'https://evil.example/')).toBe(false)
  })

  it.each([
    ['app://crosstrail/assets/a.js', false],
    ['blob:app://crosstrail/1-2', false],
    ['data:image/png;base64,AA', false],
    ['https://evil.example/', true],
    ['http://127.0.0.1/', true],
    ['ws://127.0.0.1/', true],
    ['file:///etc/passwd', true],
    ['app://other/', true],
    ['blob:https://evil.example/1', true],
  ])('asked for %s cancels: %s', (url, cancel) => {
    const own = session()
    hardenSession(asSession(own))
    const answer = vi.fn()
    own.set.get('request')?.({ url }, answer)
    expect(answer).toHaveBeenCalledExactlyOnceWith({ cancel })
  })

  it('lets no page download by itself, grants no device, and fetches no dictionary', () => {
    const own = session()
    hardenSession(asSession(own))
    const preventDefault = vi.fn()
    own.emit('will-download', { preventDefault })
    expect(preventDefault).toHaveBeenCalled()
    expect(own.set.get('device')?.({})).toBe(false)
    expect(electron.recorded).toContainEqual({ what: 'spellChecker', value: false })
  })
})

describe('app://', () => {
  const ask = async (url: string, method = 'GET'): Promise<Response> => {
    const own = session()
    serveRenderer(asSession(own).protocol, import.meta.dirname)
    const response = await own.set.get('app')?.(new Request(url, { method }))
    if (!(response instanceof Response)) throw new Error('expected a response')
    return response
  }

  it('is a standard, secure scheme', () => {
    declareScheme()
    expect(JSON.stringify(electron.recorded)).toContain('"standard":true,"secure":true')
  })

  it.each([
    ['app://crosstrail/missing.js', 'GET'],
    ['app://crosstrail/../package.json', 'GET'],
    ['app://crosstrail/%2e%2e/%2e%2e/package.json', 'GET'],
    ['app://crosstrail/hardening.test.ts', 'GET'],
    ['app://evil/index.html', 'GET'],
    ['app://crosstrail/index.html', 'POST'],
  ])('has nothing at %s by %s, and says so under the policy', async (url, method) => {
    const response = await ask(url, method)
    expect(response.status).toBe(404)
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
  })
})
