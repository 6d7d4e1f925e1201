/** What is known of a client address besides the record, as rows of the inspector. */
import type { AddressInfo } from '../../../contract/enrich'

export interface AddressFact {
  /** Field of the filter language. */
  readonly field: string
  readonly text: string
  /** What a filter on the field takes. */
  readonly value: string
  /** The file that says it; null for what the address itself says. */
  readonly from: { readonly file: string; readonly sha256: string } | null
  /** The source states this fact itself, so that the field has the source's value. */
  readonly overruled: boolean
}

export function addressFacts(info: AddressInfo, event: Readonly<Record<string, unknown>>): readonly AddressFact[] {
  const basisOf = (fact: AddressInfo['basis'][number]['fact']) => info.basis.find((item) => item.fact === fact) ?? null
  const cloud = basisOf('cloud')
  const facts: AddressFact[] = [
    {
      field: 'ip_class',
      text: info.class.replace('_', '-'),
      value: info.class,
      from: info.class === 'cloud' ? cloud : null,
      overruled: false,
    },
  ]
  if (info.provider !== null) {
    const parts = [info.provider, info.service, info.region].filter((part) => part !== null && part !== info.provider)
    const text = [info.provider, ...parts].join(' · ')
    facts.push({ field: 'cloud', text, value: info.provider, from: cloud, overruled: false })
  }
  for (const field of ['country', 'city', 'asn', 'as_org'] as const) {
    const value = info[field]
    if (value === null) continue
    const stated = event[`src_${field}`]
    const overruled = stated !== undefined && stated !== null
    facts.push({ field, text: value, value, from: basisOf(field), overruled })
  }
  return facts
}
