import { describe, expect, it } from 'vitest'
import { canonicalIp, isPublicIp, splitHostPort } from '../../../../../src/engine/formats/shared/address'

describe('canonical addresses', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    [' 203.0.113.9 ', '203.0.113.9'],
    ['2001:0DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['fe80::1%eth0', 'fe80::1'],
  ])('writes %s as %s', (written, canonical) => {
    expect(canonicalIp(written)).toBe(canonical)
  })

  it.each([
    '',
    'AWS Internal',
    'ec2.amazonaws.com',
    '10.8',
    '1',
    '0x7f.1',
    '255.090.254.5',
    '1.2.3.256',
    '1.2.3.4:80',
    'x'.repeat(200),
  ])('does not read %s as an address', (written) => {
    expect(canonicalIp(written)).toBeUndefined()
  })

  it('takes addresses of documentation for public ones', () => {
    const given = ['192.0.2.7', '198.51.100.1', '203.0.113.255', '2001:db8::1', '203.0.114.1', '192.0.3.1', '240.0.0.1']
    expect(given.filter(isPublicIp)).toEqual(given.slice(0, -1))
    expect(isPublicIp('::ffff:192.0.2.7')).toBe(true)
  })

  it('tells public addresses from private, local and reserved ones', () => {
    const given = [
      '8.8.8.8',
      '2600::1',
      '10.0.0.1',
      '192.168.1.1',
      '127.0.0.1',
      '::1',
      'fe80::1',
      '169.254.1.1',
      'host',
    ]
    expect(given.filter(isPublicIp)).toEqual(['8.8.8.8', '2600::1'])
  })
})

describe('address and port', () => {
  it.each([
    ['192.0.2.1:5432', { host: '192.0.2.1', port: 5432 }],
    ['192.0.2.1', { host: '192.0.2.1' }],
    ['[2001:db8::1]:443', { host: '2001:db8::1', port: 443 }],
    ['2001:db8::1', { host: '2001:db8::1' }],
    ['db.example:5432', { host: 'db.example', port: 5432 }],
    ['192.0.2.1:99999', { host: '192.0.2.1' }],
    ['192.0.2.1:http', { host: '192.0.2.1:http' }],
  ])('splits %s', (written, parts) => {
    expect(splitHostPort(written)).toEqual(parts)
  })
})
