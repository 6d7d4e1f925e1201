/**
 * `node scripts/screenshots.mjs [--out DIR]`: builds where needed, opens the sample in the web host and takes a picture of
 * every view, light and dark, into `docs/images`, as `<view>-<theme>.png`.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { launchBrowser, startHost } from './screenshots/host.mjs'
import { shrinkPng } from './screenshots/png.mjs'
import { scenes } from './screenshots/scenes.mjs'

const viewport = { width: 1440, height: 900 }
const maxBytes = 250_000

const { values } = parseArgs({ options: { out: { type: 'string' } } })
const out = resolve(values.out ?? join(import.meta.dirname, '../docs/images'))
await mkdir(out, { recursive: true })

const host = await startHost()
const browser = await launchBrowser()
try {
  const page = await browser.newPage({ viewport, locale: 'en-GB', timezoneId: 'UTC', reducedMotion: 'reduce' })
  page.setDefaultTimeout(20_000)
  await page.goto(host.url)
  await page.getByRole('navigation', { name: 'Views' }).waitFor()
  for (const { name, prepare } of scenes) {
    await page.emulateMedia({ colorScheme: 'light' })
    await prepare(page)
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      await page.emulateMedia({ colorScheme })
      await page.mouse.move(viewport.width - 4, viewport.height - 4)
      const busy = page.locator('.ct-status-bar .ct-busy')
      if ((await busy.count()) > 0) await busy.filter({ hasText: 'idle' }).waitFor()
      // Drawings come after data, and a picture must not show half of one.
      await page.waitForTimeout(1_500)
      const png = shrinkPng(await page.screenshot({ animations: 'disabled', caret: 'hide' }))
      const file = join(out, `${name}-${colorScheme}.png`)
      await writeFile(file, png)
      console.log(`${file} ${Math.round(png.length / 1000)} kB`)
      if (png.length > maxBytes) console.error(`${name}-${colorScheme}.png is larger than ${maxBytes / 1000} kB.`)
    }
  }
} finally {
  await browser.close()
  await host.stop()
}
