import { describe, expect, it } from 'vitest'
import { type RequestFacts, refusal } from '../../../src/server/guard'

const port = 4711
const origin = `http://127.0.0.1:${port}`
const good: RequestFacts = {
  method: 'GET',
  url: '/',
  hosts: [`127.0.0.1:${port}`],
  origin: undefined,
  fetchSite: undefined,
  upgrade: false,
}

describe('the guard', () => {
  it.each<[string, Partial<RequestFacts>]>([
    ['an address that was typed', { fetchSite: 'none' }],
    ['a script of our page', { fetchSite: 'same-origin' }],
    ['a POST of our page', { method: 'POST', origin, fetchSite: 'same-origin' }],
    ['a WebSocket of our page', { upgrade: true, origin }],
  ])('lets %s pass', (_title, facts) => {
    expect(refusal({ ...good, ...facts }, port)).toBeUndefined()
  })

  it.each<[string, number, Partial<RequestFacts>]>([
    ['a rebound name', 421, { hosts: ['evil.example:4711'] }],
    ['localhost', 421, { hosts: ['localhost:4711'] }],
    ['another port', 421, { hosts: ['127.0.0.1:4712'] }],
    ['no port', 421, { hosts: ['127.0.0.1'] }],
    ['other spellings of the address', 421, { hosts: ['127.1:4711'] }],
    ['no Host', 421, { hosts: [] }],
    ['two Hosts', 421, { hosts: ['127.0.0.1:4711', '127.0.0.1:4711'] }],
    ['an absolute target', 400, { url: 'http://evil.example/' }],
    ['a star target', 400, { method: 'GET', url: '*' }],
    ['an endless target', 414, { url: `/${'a'.repeat(2_000)}` }],
    ['OPTIONS, so that no preflight ever succeeds', 405, { method: 'OPTIONS', origin: 'https://evil.example' }],
    ['PUT', 405, { method: 'PUT', origin }],
    ['a foreign origin', 403, { origin: 'https://evil.example' }],
    ['the null origin of a sandboxed frame', 403, { origin: 'null' }],
    ['our address over another scheme', 403, { origin: `https://127.0.0.1:${port}` }],
    ['another port as origin', 403, { origin: 'http://127.0.0.1:4712' }],
    ['a POST without an origin', 403, { method: 'POST' }],
    ['a WebSocket without an origin', 403, { upgrade: true }],
    ['a cross-site link', 403, { fetchSite: 'cross-site' }],
    ['a link from another port', 403, { fetchSite: 'same-site' }],
    ['two values of Sec-Fetch-Site', 403, { fetchSite: 'same-origin, cross-site' }],
  ])('refuses %s', (_title, status, facts) => {
    expect(refusal({ ...good, ...facts }, port)?.status).toBe(status)
  })
})
