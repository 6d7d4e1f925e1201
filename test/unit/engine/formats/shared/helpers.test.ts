import { describe, expect, it } from 'vitest'
import { activityOfVerb, readOnlyOfActivity } from '../../../../../src/engine/formats/shared/activity'
import { actorKey, mailOf } from '../../../../../src/engine/formats/shared/actorKey'
import { arnName, arnSessionName, parseArn } from '../../../../../src/engine/formats/shared/arn'
import { collapseChain } from '../../../../../src/engine/formats/shared/chain'
import { objectIn } from '../../../../../src/engine/formats/shared/embeddedJson'
import { reasonKeyKind, ticketsIn } from '../../../../../src/engine/formats/shared/tickets'
import { uaFamily } from '../../../../../src/engine/formats/shared/userAgent'

describe('actor keys', () => {
  it('prefers a mail address, in lower case', () => {
    expect(actorKey({ mail: ['ops', 'Ana@Example.com'], namespace: 'aws', id: 'arn', source: 'cloudtrail' })).toBe(
      'mail:ana@example.com',
    )
  })

  it('falls back to the native id, then to unknown', () => {
    expect(actorKey({ namespace: 'k8s', id: 'prod/ana', source: 'k8s_audit' })).toBe('k8s:prod/ana')
    expect(actorKey({ namespace: 'aws', id: undefined, source: 'cloudtrail' })).toBe('unknown:cloudtrail')
  })

  it.each(['ana', 'a@b@c', '@example.com', 'ana@', 'a b@example.com', 'system:serviceaccount:x@y'])(
    'does not take %s for a mail address',
    (text) => {
      expect(mailOf(text)).toBeUndefined()
    },
  )
})

describe('resource names of AWS', () => {
  it('keeps colons of the resource', () => {
    expect(parseArn('arn:aws:lambda:eu-west-1:111122223333:function:pay:7')).toEqual({
      partition: 'aws',
      service: 'lambda',
      region: 'eu-west-1',
      account: '111122223333',
      resource: 'function:pay:7',
    })
  })

  it.each(['', 'arn:', 'arn:aws:s3', 'arn:gcp:s3:::b', 'arn:aws::::x', 'x:arn:aws:s3:::b'])('refuses %s', (text) => {
    expect(parseArn(text)).toBeUndefined()
  })

  it.each([
    ['arn:aws:iam::111122223333:role/service-role/Deploy', 'Deploy'],
    ['arn:aws:s3:::logs/a/b.json', 'logs/a/b.json'],
    ['arn:aws:kms:eu-west-1:111122223333:key/abc', 'abc'],
    ['arn:aws:sns:eu-west-1:111122223333:alerts', 'alerts'],
    ['arn:aws-cn:ssm:cn-north-1:111122223333:parameter/db/password', 'db/password'],
  ])('takes the name out of %s', (arn, name) => {
    expect(arnName(arn)).toBe(name)
  })

  it('takes the session name out of a session', () => {
    expect(arnSessionName('arn:aws:sts::111122223333:assumed-role/Deploy/ana@example.com')).toBe('ana@example.com')
    expect(arnSessionName('arn:aws:iam::111122223333:user/ana')).toBeUndefined()
  })
})

describe('user agents', () => {
  it.each([
    ['aws-cli/2.11.1 Python/3.9 Linux/5.10', 'aws-cli'],
    ['[S3Console/0.4, aws-internal/3 aws-sdk-java/1.12]', 'S3Console'],
    ['APN/1.0 HashiCorp/1.0 Terraform/1.1.2 (+https://www.terraform.io)', 'Terraform'],
    [
      'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36 Edg/126.0',
      'Edge',
    ],
    ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36', 'Chrome'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:102.0) Gecko/20100101 Firefox/102.0', 'Firefox'],
    ['Mozilla/5.0 (Macintosh) AppleWebKit/605.1 (KHTML, like Gecko) Version/17.0 Safari/605.1', 'Safari'],
    ['kubectl/v1.28.2 (linux/amd64) kubernetes/89a4ea3', 'kubectl'],
    ['secretsmanager.amazonaws.com', 'secretsmanager.amazonaws.com'],
    ['drill_54d79918-8729-4201-83e6-6a600173b8e3', 'drill'],
    ['AWS Internal', 'AWS Internal'],
    ['RDS Console, aws-internal/3', 'RDS Console'],
    [
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/119.0 Safari/537.36',
      'Headless Chrome',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120 Safari/537.36 Vivaldi/6.4', 'Vivaldi'],
    ['Mozilla/5.0 (Linux; Android 13) AppleWebKit/537 SamsungBrowser/23.0 Chrome/115 Safari/537', 'Samsung Internet'],
    ['Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko', 'Internet Explorer'],
    ['Opera/9.80 (Windows NT 6.1) Presto/2.12 Version/12.16', 'Opera'],
    ['Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', 'Googlebot'],
    ['Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.19041', 'WindowsPowerShell'],
    ['Mozilla/5.0 zgrab/0.x', 'zgrab'],
    ['Mozilla/5.0', 'Mozilla'],
    ['Boto3/1.26 Python/3.9 Linux/5.10 Botocore/1.29', 'Boto3'],
    ['[]', undefined],
    ['', undefined],
    ['/', '/'],
  ])('reduces %s to %s', (agent, family) => {
    expect(uaFamily(agent)).toBe(family)
  })

  it.each(['a', ' ', '/', '(', ';', 'Chrome/', 'Version/1.', 'Safari/ Version/1 ', 'x/1 ', '\u0000', '\ud800'])(
    'names an agent of 100 kB made of %j by what its beginning says',
    (piece) => {
      const agent = `Mozilla/5.0 ${piece.repeat(Math.ceil(100_000 / piece.length))}`
      expect(uaFamily(agent)).toBe(uaFamily(agent.slice(0, 2_000)))
      expect(uaFamily(agent)?.length).toBeLessThanOrEqual(80)
    },
  )
})

describe('tickets and reasons', () => {
  it('finds issue keys, service-desk numbers and worded numbers in the order of the text', () => {
    expect(ticketsIn('see CHG0012345 and OPS-42, ticket #778, again OPS-42')).toEqual(['CHG0012345', 'OPS-42', '778'])
  })

  it.each(['UTF-8', 'SHA-256', 'ISO-8601', 'CVE-2021', 'x-OPS-4', 'OPS-4-x', 'changed 12', 'a 2023-01-02'])(
    'finds none in %s',
    (text) => {
      expect(ticketsIn(text)).toEqual([])
    },
  )

  it('knows keys of reasons and tickets whatever their case and punctuation', () => {
    expect(
      ['Ticket-ID', 'example.com/change_id', 'kubernetes.io/change-cause', 'Justification', 'Owner'].map(reasonKeyKind),
    ).toEqual(['ticket', 'ticket', 'reason', 'reason', undefined])
  })
})

describe('activity by verb', () => {
  it.each([
    ['GetObject', 'read'],
    ['DescribeInstances', 'read'],
    ['ListBuckets', 'list'],
    ['CreateUser', 'create'],
    ['RunInstances', 'create'],
    ['PutObject', 'update'],
    ['DeleteBucket', 'delete'],
    ['TerminateInstances', 'delete'],
    ['AssumeRoleWithSAML', 'assume'],
    ['GetSessionToken', 'assume'],
    ['ConsoleLogin', 'login'],
    ['InvokeFunction', 'execute'],
    ['StartSession', 'connect'],
    ['StartInstances', 'update'],
    ['AttachUserPolicy', 'grant'],
    ['PutRolePolicy', 'grant'],
    ['PutBucketPolicy', 'update'],
    ['DetachRolePolicy', 'revoke'],
    ['AuthorizeSecurityGroupIngress', 'grant'],
    ['RevokeSecurityGroupIngress', 'revoke'],
    ['AddUserToGroup', 'grant'],
    ['Getaway', 'other'],
    ['', 'other'],
    ['constructor', 'other'],
  ])('says that %s is %s', (operation, activity) => {
    expect(activityOfVerb(operation)).toBe(activity)
  })

  it('derives read-only where the activity says it', () => {
    expect((['read', 'list', 'delete', 'login'] as const).map(readOnlyOfActivity)).toEqual([
      true,
      true,
      false,
      undefined,
    ])
  })
})

describe('chains', () => {
  it('collapses equal neighbours and drops hops that name nobody', () => {
    expect(
      collapseChain([
        { kind: 'login', id: 'a' },
        { kind: 'token', id: 'a' },
        { kind: 'federation' },
        { kind: 'assume_role', id: 'b' },
        { kind: 'impersonate', id: 'a' },
      ]),
    ).toEqual([
      { kind: 'login', id: 'a' },
      { kind: 'assume_role', id: 'b' },
      { kind: 'impersonate', id: 'a' },
    ])
    expect(collapseChain([{ kind: 'token' }])).toBeUndefined()
  })
})

describe('JSON in text', () => {
  it('gives objects only', () => {
    expect(objectIn(' {"a":1}')).toEqual({ a: 1 })
    expect([objectIn('[1]'), objectIn('{'), objectIn('x'), objectIn(3)]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  })
})
