/**
 * Loaded into a measured program before it starts (`node --import`): at its end the delay of its event loop stands in
 * the file that CROSSTRAIL_BENCH_LAG names, as the 99th percentile and the highest, in milliseconds.
 */
import { writeFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { isMainThread } from 'node:worker_threads'

const path = process.env.CROSSTRAIL_BENCH_LAG
if (isMainThread && path !== undefined) {
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  process.on('exit', () => {
    delay.disable()
    writeFileSync(path, JSON.stringify({ p99: delay.percentile(99) / 1e6, max: delay.max / 1e6 }))
  })
}
