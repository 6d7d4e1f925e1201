import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { bundle } from '../support/bundle'
import { expect, test } from '../support/webHost'
import { applyFilter, dropFiles, enter, settled, showView, writeNote } from '../support/window'

test.use({ hostArgs: ['package.json'] })

const noteText = 'Alice has no right to page 3: ask the owner of the ledger.'

test('from dropped exports to a printed report with the note in it', async ({ page, host, observed }) => {
  test.setTimeout(150_000)
  await enter(page, host)
  await dropFiles(page, bundle)
  await expect(page.getByText(/ records read from 3 files/)).toBeVisible({
    timeout: 30_000,
  })

  await showView(page, 'Timeline')
  await settled(page)
  const plot = page.getByRole('group', { name: /^Timeline plot/ })
  const box = await plot.boundingBox()
  if (box === null) throw new Error('The plot is not on the screen.')
  await page.mouse.move(box.x + box.width * 0.3, box.y + 20)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.9, box.y + 20, { steps: 8 })
  await page.mouse.up()
  const status = page.locator('.ct-status-bar')
  await expect(status).toContainText(/[1-6] of 7 events/)

  await showView(page, 'Events')
  await applyFilter(page, 'outcome:denied')
  await expect(status).toContainText('1 of 7 events')
  const denial = page
    .getByRole('grid', { name: /^Events/ })
    .getByRole('row')
    .filter({ hasText: 'GetObject' })
  await expect(denial).toHaveCount(1)
  await denial.click()
  await expect(page.getByRole('tabpanel', { name: 'Inspector' }).getByText('page-3.csv').first()).toBeVisible()

  await page.keyboard.press('t')
  await expect(page.getByRole('tabpanel', { name: 'Traces', exact: true })).toBeVisible()
  await expect(page.getByText('S3.GetObject').first()).toBeVisible()
  await page.keyboard.press('e')
  await expect(page.getByRole('tabpanel', { name: 'Events', exact: true })).toBeVisible()
  await expect(denial).toHaveAttribute('aria-selected', 'true')
  await writeNote(page, noteText)

  await page.reload()
  await showView(page, 'Notes')
  await expect(page.getByRole('tabpanel', { name: 'Notes', exact: true }).getByText(noteText)).toBeVisible()

  await showView(page, 'Report')
  const downloading = page.waitForEvent('download', { timeout: 40_000 })
  await page.getByRole('button', { name: 'PDF', exact: true }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toMatch(/\.pdf$/)
  const path = await download.path()
  expect(observed.consoleErrors).toEqual([])
  expect(observed.policyViolations).toEqual([])
  expect(observed.foreignRequests).toEqual([])

  await test.step('the PDF holds note, action and hash of the file', () => {
    const { error, stdout } = spawnSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' })
    if (error !== undefined) return skipped('pdftotext is not installed: the text of the PDF was not read.')
    // Cells break where they are narrow, so that only the characters count.
    const printed = stdout.replace(/\s+/g, '')
    expect(printed).toContain(noteText.replace(/\s+/g, ''))
    expect(printed).toContain('GetObject')
    const raw = spawnSync('pdftotext', ['-raw', path, '-'], { encoding: 'utf8' }).stdout.replace(/\s+/g, '')
    for (const { text } of bundle) expect(raw).toContain(createHash('sha256').update(text).digest('hex'))
  })
  await test.step('the PDF is sound', () => {
    const { error, status: code, stderr, stdout } = spawnSync('qpdf', ['--check', path], { encoding: 'utf8' })
    if (error !== undefined) return skipped('qpdf is not installed: the structure of the PDF was not checked.')
    expect(code, `${stdout}${stderr}`).toBe(0)
  })
})

function skipped(why: string): void {
  console.log(why)
  test.info().annotations.push({ type: 'skipped', description: why })
}
