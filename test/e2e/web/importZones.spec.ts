import { readFileSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '../support/webHost'
import { dropFiles, enter, runCommand, settled, showView } from '../support/window'

const entry = (time: string, id: number) =>
  `${time},"app","shop",${4000 + id},"192.0.2.7:5432",65f0.${id},1,"SELECT",2026-01-15 10:00:00 UTC,3/7,0,LOG,00000,` +
  `"AUDIT: SESSION,${id},1,READ,SELECT,TABLE,public.card,""select * from card"",<none>",,,,,,,,,"psql","client backend",,0`
const local = [entry('2026-01-15 12:00:00.000', 1), entry('2026-01-15 12:00:01.000', 2)].join('\n')
const shared = entry('2026-01-15 13:00:00.000 IST', 3)
const later = entry('2026-01-15 14:00:00.000 IST', 4)

test.use({ hostArgs: ['package.json'] })

const question = (page: Page) => page.getByRole('dialog', { name: 'Zones of times' })

test('zones are asked for once, by keyboard, before anything is imported, and the answer is used again', async ({
  page,
  host,
  observed,
}) => {
  await enter(page, host)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await dropFiles(page, [
    { name: 'local.csv', text: local },
    { name: 'shared.csv', text: shared },
  ])
  const dialog = question(page)
  await expect(dialog).toBeVisible()
  await expect(dialog).toContainText('2026-01-15 12:00:00.000')
  const unzoned = dialog.getByRole('group', { name: /times without a zone/ })
  await expect(unzoned).toContainText('local.csv')
  await expect(unzoned.getByRole('radio', { name: /^UTC/ })).toBeFocused()
  await expect(unzoned.getByRole('radio', { name: /^UTC/ })).toBeChecked()
  await expect(unzoned.getByText('Europe/Berlin')).toBeVisible()
  await expect(unzoned).toContainText('2026-01-15 11:00:00 UTC')
  const ambiguous = dialog.getByRole('group', { name: /“IST” means several zones/ })
  await expect(ambiguous).toContainText('2026-01-15 07:30:00 UTC')
  await expect(ambiguous).toContainText('2026-01-15 11:00:00 UTC')
  await expect(dialog.getByRole('button', { name: 'Import', exact: true })).toBeDisabled()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const { violations } = await new AxeBuilder({ page }).include('.ct-zones').analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
  }

  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await showView(page, 'Evidence')
  await settled(page)
  await expect(page.getByText('No evidence yet')).toBeVisible()

  await dropFiles(page, [
    { name: 'local.csv', text: local },
    { name: 'shared.csv', text: shared },
  ])
  await expect(unzoned.getByRole('radio', { name: /^UTC/ })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(unzoned.getByRole('radio', { name: /^Europe\/Berlin/ })).toBeChecked()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await expect(ambiguous.getByRole('radio', { name: /^Asia\/Kolkata/ })).toBeFocused()
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
  const files = page.getByRole('region', { name: 'Files' })
  await expect(files.getByRole('row', { name: /local\.csv/ })).toContainText('2026-01-15 11:00:00')
  await expect(files.getByRole('row', { name: /shared\.csv/ })).toContainText('2026-01-15 07:30:00')

  // The case knows the answer now, and says that it uses it.
  await dropFiles(page, [{ name: 'later.csv', text: later }])
  await expect(page.getByText('Read as you said earlier in this case: IST as Asia/Kolkata.')).toBeVisible()
  await expect(files.getByRole('row', { name: /later\.csv/ })).toContainText('2026-01-15 08:30:00')
  await expect(dialog).toHaveCount(0)

  // Asked again where the analyst wants it; another zone by its name.
  const chooser = page.waitForEvent('filechooser')
  await runCommand(page, 'Import files, asking for zones again')
  const again = {
    name: 'again.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(entry('2026-01-15 15:00:00.000 IST', 5)),
  }
  await (await chooser).setFiles([again])
  await expect(dialog).toContainText('answered earlier: Asia/Kolkata')
  await dialog
    .getByRole('textbox', { name: /name of another zone/ })
    .or(dialog.getByRole('combobox'))
    .fill('+03:00')
  await expect(dialog).toContainText('2026-01-15 12:00:00 UTC')
  await dialog.getByRole('button', { name: 'Import', exact: true }).press('Enter')
  await expect(files.getByRole('row', { name: /again\.csv/ })).toContainText('2026-01-15 12:00:00')
  expect(observed.consoleErrors).toEqual([])
  expect(observed.policyViolations).toEqual([])
})

test('files whose times say what they mean are imported without a question', async ({ page, host }) => {
  const text = readFileSync('docs/formats/pgaudit.md', 'utf8')
  await enter(page, host)
  await dropFiles(page, [
    { name: 'plain.csv', text: entry('2026-01-15 12:00:00.000 UTC', 1) },
    { name: 'notes.md', text },
  ])
  await showView(page, 'Evidence')
  await expect(page.getByRole('row', { name: /plain\.csv/ })).toContainText('2026-01-15 12:00:00')
  await expect(question(page)).toHaveCount(0)
})
