import { expect } from 'vitest'
import type { JsonValue } from '../../../../../src/common/json'
import { formatInstant } from '../../../../../src/common/time'
import type { AccessEventRow } from '../../../../../src/engine/db/rows'
import { httpAccess } from '../../../../../src/engine/formats/httpAccess'
import { driveJson, driveText } from '../../../../support/formatDriver'

/** The one row of a line; columns that are not stated are left out, times are text. */
export function rowOfLine(line: string): Record<string, unknown> {
  const driven = driveText(httpAccess, line)
  expect(driven.rejects).toEqual([])
  return plain(driven.events[0])
}

export function rowOfJson(value: JsonValue): Record<string, unknown> {
  const driven = driveJson(httpAccess, [value])
  expect(driven.rejects).toEqual([])
  return plain(driven.events[0])
}

function plain(row: AccessEventRow | undefined): Record<string, unknown> {
  if (row === undefined) throw new Error('no row')
  const entries = Object.entries(row).filter(([, value]) => value !== undefined)
  return Object.fromEntries(
    entries.map(([name, value]) => [
      name,
      name === 'ts' || name === 'ts_end'
        ? formatInstant(value, row.ts_precision)
        : typeof value === 'bigint'
          ? Number(value)
          : value,
    ]),
  )
}

/** One line of each text dialect, made up for these tests. */
export const lines = {
  common: '192.0.2.7 - alice [10/Oct/2025:13:55:36 +0200] "GET /orders/1234?full=1 HTTP/1.1" 403 153',
  combined:
    '192.0.2.7 - - [10/Oct/2025:13:55:36 +0000] "POST /login HTTP/1.1" 401 153 "https://shop.example/" "Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0"',
  vhost:
    'shop.example:443 192.0.2.7 - bob@example.com [10/Oct/2025:13:55:36 -0700] "GET / HTTP/2.0" 200 5 "-" "curl/8.5.0"',
  timed:
    '10.0.0.9 - - [10/Oct/2025:13:55:36 +0000] "GET /a HTTP/1.1" 200 5 "-" "curl/8.5.0" "93.184.216.34, 10.0.0.3" 0.012 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  ingress:
    '93.184.216.34 - - [10/Oct/2025:13:55:36 +0000] "GET /cart HTTP/2.0" 429 5 "-" "curl/8.5.0" 430 0.004 [shop-cart-80] [] 10.1.2.3:8080 5 0.003 429 0123456789abcdef0123456789abcdef',
  alb: 'https 2025-10-10T13:55:36.250000Z app/shop/50dc6c495c0c9188 93.184.216.34:2817 10.0.0.1:80 0.001 0.200 0.000 200 200 34 366 "GET https://shop.example:443/orders/77/items HTTP/1.1" "curl/8.5.0" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/shop/73e2d6bc24d8a067 "Root=1-68e90f58-bc24d8a0673e2d6bc24d8a06" "shop.example" "arn:aws:acm:eu-west-1:123456789012:certificate/12345678" 0 2025-10-10T13:55:36.049000Z "authenticate,forward" "-" "-" "10.0.0.1:80" "200" "-" "-" TID_1234abcd5678ef90',
  elb: '2025-10-10T13:55:36.000100Z shop-classic 93.184.216.34:2817 10.0.0.1:80 0.000073 0.001048 0.000057 503 503 0 29 "GET http://shop.example:80/ HTTP/1.1" "curl/8.5.0" - -',
  envoy:
    '[2025-10-10T13:55:36.310Z] "POST /api/v1/locations HTTP/2" 403 UAEX 154 0 226 - "93.184.216.34,10.0.0.2" "nsq2http" "cc21d9b0-cf5c-432b-8c7e-98aeb7988cd2" "locations.example" "-"',
  istio:
    '[2025-10-10T13:55:36.310Z] "GET /status/418 HTTP/1.1" 403 - rbac_access_denied_matched_policy[ns[shop]-policy[deny-all]-rule[0]] - "-" 0 19 3 - "-" "curl/8.5.0" "84961386-6d84-929d-98bd-c5aee93b5c88" "httpbin:8000" "-" inbound|8000|| - 10.44.1.27:80 10.44.1.23:37652 outbound_.8000_._.httpbin.foo.svc.cluster.local default',
  s3: `${'79a59df900b949e55d96a1e698fbaced'.repeat(2)} shop-invoices [06/Feb/2025:00:00:38 +0000] 93.184.216.34 arn:aws:sts::123456789012:assumed-role/Reader/carol@example.com 3E57427F3EXAMPLE REST.GET.OBJECT 2025/a%2520b.pdf "GET /2025/a%20b.pdf HTTP/1.1" 403 AccessDenied 243 - 12 - "-" "aws-cli/2.15.0" - s9lzHYrFp76ZVxRcpX9= SigV4 ECDHE-RSA-AES128-GCM-SHA256 AuthHeader shop-invoices.s3.eu-west-1.amazonaws.com TLSv1.2 - -`,
  syslog:
    '<190>Oct 10 13:55:36 web1 nginx: 192.0.2.7 - - [10/Oct/2025:13:55:36 +0000] "GET /a HTTP/1.1" 200 5 "-" "curl/8.5.0"',
} as const

export const iis = [
  '#Software: Microsoft Internet Information Services 10.0',
  '#Version: 1.0',
  '#Date: 2025-10-10 00:00:00',
  '#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken X-Forwarded-For',
  '2025-10-10 13:55:36 10.0.0.5 GET /files/9 - 443 CORP\\alice 10.0.0.9 Mozilla/5.0+(Windows+NT+10.0) - 401 3 5 46 93.184.216.34',
  '2025-10-10 13:55:37 10.0.0.5 GET /web.config - 443 - 10.0.0.9 - - 404 8 0 1 -',
]

export const cloudfront = [
  '#Version: 1.0',
  '#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type cs-protocol-version fle-status fle-encrypted-fields c-port time-to-first-byte x-edge-detailed-result-type',
  [
    ...[
      '2025-10-10',
      '13:55:36',
      'FRA6-C1',
      '392',
      '93.184.216.34',
      'GET',
      'd111111abcdef8.cloudfront.net',
      '/index.html',
    ],
    ...[
      '403',
      '-',
      'Mozilla/5.0%20(X11;%20Linux%20x86_64)',
      '-',
      '-',
      'Error',
      'SOX4xwn4XV6Q4rgb7XiVGOHms_BGlTAC4KyHmureZmBNrjGdRLiNIQ==',
    ],
    ...[
      'shop.example',
      'https',
      '23',
      '0.125',
      '-',
      'TLSv1.2',
      'ECDHE',
      'Error',
      'HTTP/2.0',
      '-',
      '-',
      '11040',
      '0.120',
      'ClientGeoBlocked',
    ],
  ].join('\t'),
]
