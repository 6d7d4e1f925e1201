import { describe, expect, it } from 'vitest'
import type { AddressInfo } from '../../../../../src/contract/enrich'
import { addressFacts } from '../../../../../src/renderer/views/inspector/addressFacts'

const sha256 = 'a'.repeat(64)
const info: AddressInfo = {
  address: '8.8.8.8',
  class: 'link_local',
  provider: null,
  service: null,
  region: null,
  country: null,
  city: null,
  asn: null,
  as_org: null,
  basis: [],
  lookedUp: false,
}

describe('what the inspector says of an address', () => {
  it('is its class alone where nothing was looked up', () => {
    expect(addressFacts(info, {})).toEqual([
      { field: 'ip_class', text: 'link-local', value: 'link_local', from: null, overruled: false },
    ])
  })

  it('names the file of each fact, and of a cloud its service and region once', () => {
    const basis: AddressInfo['basis'] = [
      { fact: 'cloud', file: 'ranges.json', sha256 },
      { fact: 'asn', file: 'asn.mmdb', sha256 },
    ]
    const cloud = { ...info, class: 'cloud', provider: 'Google Cloud', service: 'Google Cloud', region: 'us-east1' }
    const facts = addressFacts({ ...cloud, asn: '15169', basis }, {})
    expect(facts.map(({ field, text, from }) => [field, text, from?.file])).toEqual([
      ['ip_class', 'cloud', 'ranges.json'],
      ['cloud', 'Google Cloud · us-east1', 'ranges.json'],
      ['asn', '15169', 'asn.mmdb'],
    ])
  })

  it('says that a fact is not used where the source states its own', () => {
    const facts = addressFacts({ ...info, country: 'US', city: 'Boston' }, { src_country: 'Norway' })
    expect(facts.map(({ field, overruled }) => [field, overruled])).toEqual([
      ['ip_class', false],
      ['country', true],
      ['city', false],
    ])
  })
})
