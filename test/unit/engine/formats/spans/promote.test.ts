import { describe, expect, it } from 'vitest'
import type { Attributes, AttributeValue } from '../../../../../src/engine/formats/spans/attributes'
import { type PromotedColumns, promote } from '../../../../../src/engine/formats/spans/promote'

function columns(
  entries: Readonly<Record<string, AttributeValue>>,
  kind: 'server' | 'client' = 'server',
): Partial<PromotedColumns> {
  const all = Object.entries(promote(new Map(Object.entries(entries)), kind))
  return Object.fromEntries(all.filter(([, value]) => value !== undefined))
}

const none: Attributes = new Map()

describe('promote', () => {
  it.each([
    [{ 'url.path': '/orders/7' }, '/orders/7'],
    [{ 'http.target': '/orders/7?full=1#top' }, '/orders/7'],
    [{ 'url.full': 'https://shop.example.com/orders/7?x=/y' }, '/orders/7'],
    [{ 'http.url': 'HTTP://shop.example.com?x' }, '/'],
    [{ 'http.target': '*' }, undefined],
    [{ 'url.full': '' }, undefined],
  ])('takes the path out of %j', (attributes, path) => {
    expect(columns(attributes).url_path).toBe(path)
  })

  it('takes place and browser from the resource', () => {
    const resource = new Map([
      ['k8s.pod.name', 'web-1'],
      ['k8s.pod.ip', '10.0.0.9'],
      ['user_agent.original', 'Browser/1'],
    ])
    expect(promote(none, 'client', resource)).toMatchObject({
      pod: 'web-1',
      host_address: '10.0.0.9',
      user_agent: 'Browser/1',
    })
  })

  it.each([
    [{ 'aws.s3.bucket': 'invoices', 'aws.s3.key': '2026/1.pdf' }, 'invoices/2026/1.pdf'],
    [{ 'aws.s3.bucket': 'invoices' }, 'invoices'],
    [{ 'aws.dynamodb.table_names': ['sessions', 'other'] }, 'sessions'],
    [{ 'faas.invoked_name': 'render' }, 'render'],
  ])('tells what a call was about by %j', (attributes, resource) => {
    expect(columns(attributes, 'client').cloud_resource).toBe(resource)
  })

  it('gives statements of one shape one fingerprint', () => {
    const [a, b] = ['SELECT 1 /*x*/', 'select  2'].map((text) => columns({ 'db.query.text': text }).db_fingerprint)
    expect(a).toBe(b)
  })

  it('reads the stable and the older spellings', () => {
    expect(
      columns({ 'http.request.method': 'GET', 'http.response.status_code': 403, 'http.route': '/a/{id}' }),
    ).toEqual({
      http_method: 'GET',
      http_status: 403,
      http_route: '/a/{id}',
    })
    expect(columns({ 'http.method': 'PUT', 'http.status_code': '200' })).toEqual({
      http_method: 'PUT',
      http_status: 200,
    })
    expect(columns({ 'db.namespace': 'shop', 'db.query.text': 'select 1' })).toEqual({
      db_name: 'shop',
      db_statement: 'select 1',
      db_fingerprint: 'select ?',
    })
    expect(columns({ 'db.name': 'shop', 'db.statement': 'select 1' })).toEqual({
      db_name: 'shop',
      db_statement: 'select 1',
      db_fingerprint: 'select ?',
    })
    expect(columns({ 'sql.query': 'select 2' })).toEqual({ db_statement: 'select 2', db_fingerprint: 'select ?' })
  })

  it('prefers the better spelling whatever the order', () => {
    expect(columns({ 'enduser.id': 'b', 'user.id': 'a' })).toEqual({ user_id: 'a' })
    expect(columns({ 'user.id': 'a', 'enduser.id': 'b' })).toEqual({ user_id: 'a' })
    expect(columns({ 'user.id': '', 'enduser.id': 'b' })).toEqual({ user_id: 'b' })
  })

  it.each([
    ['aws.request_id', 'aws_request_id'],
    ['aws.requestId', 'aws_request_id'],
    ['aws.request.id', 'aws_request_id'],
    ['aws.extended_request_id', 'aws_request_id'],
    ['faas.invocation_id', 'aws_request_id'],
    ['audit-id', 'k8s_audit_id'],
    ['http.response.header.audit-id', 'k8s_audit_id'],
    ['http.request.header.x-request-id', 'x_request_id'],
    ['guid:x-request-id', 'x_request_id'],
    ['request_id', 'x_request_id'],
    ['http.request_id', 'x_request_id'],
  ])('takes %s as %s, alone or as an array', (key, column) => {
    expect(columns({ [key]: 'Value-1' })).toEqual({ [column]: 'Value-1' })
    expect(columns({ [key]: ['Value-1', 'other'] })).toEqual({ [column]: 'Value-1' })
  })

  it('takes the peer for the client on the serving side only', () => {
    const peer = { 'network.peer.address': '10.0.0.1' }
    expect(columns(peer, 'server')).toEqual({ client_address: '10.0.0.1' })
    expect(columns(peer, 'client')).toEqual({ peer_address: '10.0.0.1' })
    expect(columns({ ...peer, 'client.address': '192.0.2.7' }, 'server')).toEqual({ client_address: '192.0.2.7' })
    expect(columns({ 'peer.ipv4': 23456 }, 'server')).toEqual({})
  })

  it('leaves out a status that is no HTTP status', () => {
    for (const status of ['OK', 0, 70_000, '20x', true]) expect(columns({ 'http.status_code': status })).toEqual({})
  })

  it('names the original method where the conventions write _OTHER', () => {
    expect(columns({ 'http.request.method': '_OTHER', 'http.request.method_original': 'PROPFIND' })).toEqual({
      http_method: 'PROPFIND',
    })
  })
})
