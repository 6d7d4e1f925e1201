/** Telemetry formats claim no file of another source. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { nezhaLog } from '../../../../../src/engine/formats/nezhaLog'
import { nezhaTrace } from '../../../../../src/engine/formats/nezhaTrace'
import { otlpLogs, otlpMetrics } from '../../../../../src/engine/formats/otlp'
import { prometheus } from '../../../../../src/engine/formats/prometheus'
import { prometheusQuery } from '../../../../../src/engine/formats/prometheusQuery'
import { xray } from '../../../../../src/engine/formats/xray'
import { driveMember } from '../../../../support/memberDriver'
import { hasSharedData, sharedData, sharedDataNotice } from '../../../../support/sharedData'

const telemetry = [otlpLogs, otlpMetrics, prometheus, prometheusQuery, xray, nezhaTrace, nezhaLog]
const own = /^(?:metrics|otlp-logs|traces\/xray|traces\/nezha)\//
const largestBytes = 500_000

function files(): readonly string[] {
  return readdirSync(sharedData(), { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !own.test(path))
    .filter((path) => {
      const info = statSync(sharedData(path))
      return info.isFile() && info.size < largestBytes
    })
}

describe.skipIf(!hasSharedData)(`exports of other sources${sharedDataNotice}`, () => {
  it('are left to their formats', async () => {
    const claimed: string[] = []
    for (const path of files()) {
      const { formats } = await driveMember(telemetry, readFileSync(join(sharedData(), path)))
      if (formats.length > 0) claimed.push(`${path}: ${formats.join()}`)
    }
    expect(claimed).toEqual([])
  }, 60_000)
})
