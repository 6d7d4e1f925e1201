import { describe, expect, it } from 'vitest'
import { type RangeFile, readRangeFile } from '../../../../src/engine/enrich/rangeFile'
import { RangeIndex } from '../../../../src/engine/enrich/rangeIndex'
import { parseAddressRange } from '../../../../src/engine/query/filter/address'

const refused = expect.objectContaining({ code: 'input.refused' })

function asked({ ranges }: RangeFile, address: string) {
  const found = new RangeIndex(ranges).find(parseAddressRange(address)?.low ?? -1n)
  return found === undefined ? undefined : [found.provider, found.service, found.region]
}

const aws = JSON.stringify({
  syncToken: '1',
  prefixes: [
    { ip_prefix: '3.5.140.0/22', region: 'ap-northeast-2', service: 'AMAZON', network_border_group: 'x' },
    { ip_prefix: '3.5.140.0/22', region: 'ap-northeast-2', service: 'S3', network_border_group: 'x' },
    { ip_prefix: '3.0.0.0/8', region: 'GLOBAL', service: 'AMAZON' },
  ],
  ipv6_prefixes: [{ ipv6_prefix: '2600:1f00::/24', region: 'us-east-1', service: 'EC2' }],
})

describe('lists of address ranges', () => {
  it('of AWS name service and region; the smallest network and the named service count', () => {
    const file = readRangeFile(aws, 'ip-ranges.json')
    expect(file.kind).toBe('aws')
    expect(asked(file, '3.5.141.9')).toEqual(['AWS', 'S3', 'ap-northeast-2'])
    expect(asked(file, '3.6.0.1')).toEqual(['AWS', 'AMAZON', 'GLOBAL'])
    expect(asked(file, '2600:1f18::1')).toEqual(['AWS', 'EC2', 'us-east-1'])
    expect(asked(file, '4.0.0.1')).toBeUndefined()
  })

  it('of Google tell its cloud from its own services', () => {
    const cloud = { prefixes: [{ ipv4Prefix: '34.1.0.0/16', service: 'Google Cloud', scope: 'us-east1' }] }
    const own = { prefixes: [{ ipv4Prefix: '8.8.8.0/24' }, { ipv6Prefix: '2001:4860::/32' }] }
    expect(asked(readRangeFile(JSON.stringify(cloud), 'cloud.json'), '34.1.2.3')).toEqual([
      'Google Cloud',
      'Google Cloud',
      'us-east1',
    ])
    expect(asked(readRangeFile(JSON.stringify(own), 'goog.json'), '2001:4860::1')).toEqual([
      'Google',
      undefined,
      undefined,
    ])
  })

  it('of Azure name the service of a tag, else the tag', () => {
    const tags = {
      cloud: 'Public',
      values: [
        {
          name: 'AzureCloud.westeurope',
          properties: { region: 'westeurope', systemService: '', addressPrefixes: ['20.1.0.0/16'] },
        },
        {
          name: 'Storage.WestEurope',
          properties: {
            region: 'westeurope',
            systemService: 'AzureStorage',
            addressPrefixes: ['20.1.0.0/16', '2603:1020::/47'],
          },
        },
        { name: 'AzureCloud', properties: { region: '', systemService: '', addressPrefixes: ['20.2.0.0/16'] } },
      ],
    }
    const file = readRangeFile(`\uFEFF${JSON.stringify(tags)}`, 'ServiceTags_Public.json')
    expect(file.kind).toBe('azure')
    expect(asked(file, '20.1.2.3')).toEqual(['Azure', 'AzureStorage', 'westeurope'])
    expect(asked(file, '2603:1020::1')).toEqual(['Azure', 'AzureStorage', 'westeurope'])
    expect(asked(file, '20.2.0.1')).toEqual(['Azure', 'AzureCloud', undefined])
  })

  it('of Cloudflare are lines without a label, or JSON', () => {
    const lines = readRangeFile('173.245.48.0/20\n103.21.244.0/22\n', 'ips-v4')
    expect([lines.kind, asked(lines, '173.245.50.1')]).toEqual(['cloudflare', ['Cloudflare', undefined, undefined]])
    const json = readRangeFile(
      '{"result":{"ipv4_cidrs":["173.245.48.0/20"],"ipv6_cidrs":["2400:cb00::/32"]}}',
      'x.json',
    )
    expect(asked(json, '2400:cb00::1')).toEqual(['Cloudflare', undefined, undefined])
  })

  it('of the analyst have a network and a label, and may have a service and a region', () => {
    const file = readRangeFile(
      'cidr,label\r\n# offices\r\n\r\n198.18.0.0/15,"Office, Berlin"\r\n10.1.0.0/16,VPN,staff,eu\r\n8.8.8.8,resolver\r\n',
      'offices.csv',
    )
    expect(file.kind).toBe('csv')
    expect(asked(file, '198.19.0.1')).toEqual(['Office, Berlin', undefined, undefined])
    expect(asked(file, '10.1.2.3')).toEqual(['VPN', 'staff', 'eu'])
    expect(asked(file, '8.8.8.8')).toEqual(['resolver', undefined, undefined])
    expect(asked(file, '8.8.8.9')).toBeUndefined()
  })

  it('without labels take the name of the file', () => {
    expect(asked(readRangeFile('9.9.9.0/24', 'vpn exits.txt'), '9.9.9.9')).toEqual(['vpn exits', undefined, undefined])
  })

  it('know the whole address space as a network', () => {
    expect(asked(readRangeFile('::/0,all', 'a.csv'), '2001::1')).toEqual(['all', undefined, undefined])
    expect(asked(readRangeFile('0.0.0.0/0,v4', 'a.csv'), '9.9.9.9')).toEqual(['v4', undefined, undefined])
    expect(asked(readRangeFile('0.0.0.0/0,v4', 'a.csv'), '2001::1')).toBeUndefined()
  })

  it.each([
    ['JSON that is cut off', aws.slice(0, 200)],
    ['JSON of something else', '{"hello":["world"]}'],
    ['deeply nested JSON', '['.repeat(200_000)],
    ['a list with a network that is none', '{"prefixes":[{"ip_prefix":"3.5.140.0/99","service":"S3"}]}'],
    ['a list with a number for a network', '{"prefixes":[{"ip_prefix":5}]}'],
    ['prose', 'Dear customer,\nplease find attached'],
    ['nothing', ''],
    ['only a heading', 'cidr,label\n'],
    ['a line of a megabyte', `10.0.0.0/8,${'x'.repeat(1_000_000)}`],
    ['an address with leading zeros', '010.0.0.1/8,x'],
    ['markup', '<html><body>ip ranges</body></html>'],
  ])('are refused for %s', (_, content) => {
    expect(() => readRangeFile(content, 'list')).toThrow(refused)
  })

  it('say which line is no network', () => {
    expect(() => readRangeFile('10.0.0.0/8,a\n\nhello,b', 'list')).toThrow(/Line 3 is no network/)
  })
})
