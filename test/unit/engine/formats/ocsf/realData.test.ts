import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ocsf } from '../../../../../src/engine/formats/ocsf'
import { driveJsonText } from '../../../../support/formatDriver'
import { hasSharedData, sharedData, sharedDataNotice } from '../../../../support/sharedData'

describe.skipIf(!hasSharedData)(`OCSF events of the schema's own project${sharedDataNotice}`, () => {
  it('reads a sign-in that was mapped from CloudTrail', () => {
    const driven = driveJsonText(ocsf, readFileSync(sharedData('ocsf', 'OCSF_authentication.json'), 'utf8'))
    expect([driven.read, driven.events.length]).toEqual([1, 1])
    expect(driven.events[0]).toMatchObject({
      source_event_id: 'fed06f42-cb12-4764-8c69-example',
      ts: 1_699_633_474_000_000n,
      class: 'authn',
      activity: 'login',
      action: 'ConsoleLogin',
      service: 'signin.amazonaws.com',
      outcome: 'success',
      actor_key: 'aws:arn:aws:iam::111122223333:user/anaya',
      actor_tenant: '111122223333',
      mfa: true,
      src_ip: '192.0.2.0',
      resource_key: 'ocsf:dst_endpoint/https://console.aws.amazon.com/console/home',
      resource_region: 'us-east-1',
    })
  })

  it('reads an API call that was mapped from a Kubernetes audit event', () => {
    const path = sharedData('kubernetes-audit', 'ocsf-eks', 'ocsf_eks.json')
    const driven = driveJsonText(ocsf, readFileSync(path, 'utf8'))
    expect([driven.read, driven.events.length]).toEqual([1, 1])
    expect(driven.events[0]).toMatchObject({
      ts: 1_631_047_050_502_680n,
      ts_end: 1_631_047_050_642_854n,
      ts_precision: 'us',
      ts_kind: 'start',
      class: 'api',
      activity: 'create',
      outcome: 'success',
      outcome_code: '201',
      actor_key: 'k8s:-/system:node:ip-192-001-02-03.ec2.internal',
      actor_tenant: '123456789012',
      session_id: 'i-12345678901',
      credential_id: 'EXAMPLEUIDTEST',
      src_host: '12.000.22.33',
      ua_family: 'kubelet',
      resource_type: 'nodes',
      request_id: 'f47c68f2-d3ac-4f96-b2f4-5d497bf79b64',
      http_path: '/api/v1/nodes',
    })
  })
})
