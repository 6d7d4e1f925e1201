import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '../support/webHost'
import { dropFiles, enter, settled, showView } from '../support/window'

/** An export of a door system that no format knows: semicolons, a zoneless German time, words of its own. */
const doors = [
  'When;Badge holder;Door;Terminal address;Doing;Decision',
  '14.03.2026 08:01:02;alice@example.com;Server room;192.0.2.7;open;granted',
  '14.03.2026 08:02:10;bob@example.com;Vault;192.0.2.8;open;no key',
  '14.03.2026 08:03:55;bob@example.com;Vault;192.0.2.8;open;denied',
  '32.03.2026 08:04:00;carol@example.com;Lobby;192.0.2.9;open;granted',
  '',
].join('\n')

test.use({ hostArgs: ['package.json'] })

test('a file of no known format is mapped, tried and imported', async ({ page, host, observed }) => {
  await enter(page, host)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await dropFiles(page, [{ name: 'doors.csv', text: doors }])
  await showView(page, 'Evidence')
  await settled(page)
  await page.getByRole('button', { name: 'Map doors.csv' }).press('Enter')

  const dialog = page.getByRole('dialog', { name: 'Map doors.csv' })
  await expect(dialog).toContainText('CSV with semicolons')
  await expect(dialog.getByRole('combobox', { name: 'Field of the time' })).toHaveValue('When')
  await expect(dialog.getByRole('combobox', { name: 'Format of the time' })).toHaveValue('%d.%m.%Y %H:%M:%S')
  await expect(dialog.getByRole('combobox', { name: 'Field of actor_email' })).toHaveValue('Badge holder')
  await expect(dialog).toContainText('its values look like e-mail addresses')
  await expect(dialog.getByText('The times name no zone')).toBeVisible()

  const trial = dialog.getByRole('region', { name: 'Trial' })
  await dialog.getByRole('combobox', { name: 'Add a column' }).selectOption('action')
  await expect(trial).toContainText('It needs a “path”, a “column” or a “default”')
  await expect(dialog.getByRole('button', { name: 'Save and import' })).toBeDisabled()
  await dialog.getByRole('combobox', { name: 'Field of action' }).selectOption('Doing')
  await expect(trial).toContainText('3 map')
  await expect(trial).toContainText('1 fail')
  await expect(trial).toContainText('Line 5: “32.03.2026 08:04:00” is no time in the format %d.%m.%Y %H:%M:%S')

  const outcomes = dialog.getByRole('region', { name: 'Outcomes' })
  await expect(outcomes.getByRole('combobox', { name: 'Meaning of denied' })).toHaveValue('denied')
  await expect(trial).toContainText('outcome is left out 1 time, first in line 3')
  await outcomes.getByRole('combobox', { name: 'Meaning of no key' }).selectOption('auth_failed')
  await expect(trial).not.toContainText('outcome is left out')
  await dialog.getByRole('textbox', { name: 'Pattern of action' }).fill('(?=x)')
  await expect(trial.getByRole('alert')).toContainText('not in RE2 syntax')
  await dialog.getByRole('button', { name: 'Save and import' }).click()
  await expect(dialog.getByRole('alert').first()).toContainText('not in RE2 syntax')
  await dialog.getByRole('textbox', { name: 'Pattern of action' }).fill('')
  await expect(dialog.getByRole('alert')).toHaveCount(0)
  await dialog.getByRole('combobox', { name: 'Zone of times that name none' }).fill('+01:00')
  await expect(trial).toContainText('2026-03-14T07:01:02Z')

  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await settled(page)
    const { violations } = await new AxeBuilder({ page }).include('.ct-mapping').analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
  }

  const file = (text: string) => ({ name: 'm.json', mimeType: 'application/json', buffer: Buffer.from(text) })
  await dialog.getByLabel('Mapping file', { exact: true }).setInputFiles(file('{\n"version": 3}'))
  await expect(dialog.getByRole('alert')).toContainText(
    'line 2: version: this version of the mapping file is not known',
  )
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('doors')
  await dialog.getByRole('button', { name: 'Save and import' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(page.getByText(/4 records read from 1 file/)).toBeVisible({ timeout: 30_000 })
  await expect(page.getByRole('button', { name: 'Map doors.csv' })).toHaveCount(0)
  await expect(page.getByRole('region', { name: 'Files' })).toContainText('generic')
  await expect(page.locator('.ct-status-bar')).toContainText('3 events')

  // The mapping is in the case now: a file of the same kind needs no second time.
  const again = doors.replaceAll('14.03.2026', '15.03.2026').replace('32.03', '16.03')
  await dropFiles(page, [{ name: 'doors-next.csv', text: again }])
  await expect(page.locator('.ct-status-bar')).toContainText('7 events', { timeout: 30_000 })
  await showView(page, 'Events')
  await expect(page.getByRole('row').filter({ hasText: 'bob@example.com' }).first()).toBeVisible()
  expect(observed.consoleErrors).toEqual([])
  expect(observed.policyViolations).toEqual([])
})

test('the assistant says why a file cannot be mapped, and closes by key', async ({ page, host }) => {
  await enter(page, host)
  await dropFiles(page, [{ name: 'diary.txt', text: 'Dear diary,\ntoday was quiet.\n' }])
  await showView(page, 'Evidence')
  await page.getByRole('button', { name: 'Map diary.txt' }).click()
  const dialog = page.getByRole('dialog', { name: 'Map diary.txt' })
  await expect(dialog.getByRole('alert')).toContainText('neither JSON nor CSV')
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Map diary.txt' })).toBeFocused()
})
