import { expect, test } from '../support/webHost'
import { enter, showView } from '../support/window'

test.use({ hostArgs: ['--sample'], timezoneId: 'Asia/Kolkata' })

test('times are shown in UTC, local time or any other zone, chosen by keys in one place', async ({ page, host }) => {
  await enter(page, host)
  await showView(page, 'Events')
  const first = page.getByRole('grid').getByRole('row').filter({ hasText: 'metrics_ro' }).first()
  await expect(first).toContainText('2026-03-17 07:00:25.953')
  await page.keyboard.press('z')
  await expect(first).toContainText('2026-03-17 12:30:25.953')
  await page.keyboard.press('Shift+Z')
  await page.getByRole('combobox', { name: 'Another zone' }).fill('America/New_York')
  await page.keyboard.press('Enter')
  await expect(first).toContainText('2026-03-17 03:00:25.953')
  await expect(page.getByRole('columnheader', { name: 'Time (America/New_York)' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Choose a time zone' })).toHaveText('UTC−04:00')
  await page.reload()
  await expect(first).toContainText('2026-03-17 03:00:25.953')
  await page.keyboard.press('z')
  await expect(first).toContainText('2026-03-17 07:00:25.953')
})
