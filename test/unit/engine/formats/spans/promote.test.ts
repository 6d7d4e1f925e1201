import { describe, expect, it } from 'vitest'
import type { AttributeValue } from '../../../../../src/engine/formats/spans/attributes'
import { type PromotedColumns, promote } from '../../../../../src/engine/formats/spans/promote'

function columns(
  entries: Readonly<Record<string, AttributeValue>>,
  kind: 'server' | 'client' = 'server',
): Partial<PromotedColumns> {
  const all = Object.entries(promote(new Map(Object.entries(entries)), kind))
  return Object.fromEntries(all.filter(([, value]) => value !== undefined))
}

describe('promote', () => {
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
    })
    expect(columns({ 'db.name': 'shop', 'db.statement': 'select 1' })).toEqual({
      db_name: 'shop',
      db_statement: 'select 1',
    })
    expect(columns({ 'sql.query': 'select 2' })).toEqual({ db_statement: 'select 2' })
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
    expect(columns(peer, 'client')).toEqual({})
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
