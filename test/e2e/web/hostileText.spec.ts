import { cloudTrailCall } from '../support/bundle'
import { expect, test } from '../support/webHost'
import { dropFiles, enter, settled, showView, writeNote } from '../support/window'

test.use({ hostArgs: ['package.json'] })

const markup = '<img src="https://evil.example/a.png" onerror="window.injected=1"><script>window.injected=1</script>'
const hidden = 'a\u202eb\u0007c\u200bd'
const hostile = `${hidden}${markup}`

test('text of evidence and notes stays text, and its hidden characters are shown', async ({ page, host, observed }) => {
  await enter(page, host)
  const record = cloudTrailCall(0, { userName: hostile, eventName: hostile, bucketName: hostile, userAgent: hostile })
  await dropFiles(page, [{ name: `${markup.replaceAll('/', '-')}.json`, text: JSON.stringify({ Records: [record] }) }])
  await expect(page.getByText(/1 record read from 1 file/)).toBeVisible({ timeout: 30_000 })

  await showView(page, 'Events')
  const grid = page.getByRole('grid', { name: /^Events/ })
  await grid.getByRole('row').nth(1).click()
  await expect(grid.locator('.ct-mark', { hasText: '[U+202E]' }).first()).toBeVisible()
  const inspector = page.getByRole('tabpanel', { name: 'Inspector' })
  await expect(inspector.locator('.ct-mark', { hasText: '[U+0007]' }).first()).toBeVisible()
  await expect(inspector.locator('.ct-mark', { hasText: '[U+200B]' }).first()).toBeVisible()
  await writeNote(page, hostile)
  await expect(inspector.locator('.ct-note .ct-mark', { hasText: '[U+202E]' })).toBeVisible()

  for (const view of ['Evidence', 'Timeline', 'Access graph', 'Notes', 'Report']) {
    await showView(page, view)
    await settled(page)
  }
  expect(await page.evaluate(() => Reflect.has(window, 'injected'))).toBe(false)
  expect(await page.locator('img[src*="evil.example"]').count()).toBe(0)
  expect(observed.consoleErrors).toEqual([])
  expect(observed.policyViolations).toEqual([])
  expect(observed.foreignRequests).toEqual([])
})
