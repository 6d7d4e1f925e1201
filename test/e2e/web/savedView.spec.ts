import { expect, test } from '../support/webHost'
import { applyFilter, enter, railButton, runCommand, settled, showView } from '../support/window'

test.use({ hostArgs: ['--sample'] })

test('a saved view is there when the case is opened again', async ({ page, host, observed }) => {
  await enter(page, host)
  await showView(page, 'Events')
  await applyFilter(page, 'outcome:denied')
  await page.getByRole('button', { name: 'Saved views' }).click()
  await page.getByRole('textbox', { name: 'Name of the view' }).fill('What was denied')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('list', { name: 'Saved views' })).toContainText('What was denied')
  await page.keyboard.press('Escape')
  await applyFilter(page, '')
  await showView(page, 'Timeline')

  await runCommand(page, 'Close the case')
  await runCommand(page, 'Open “Sample incident”')
  await railButton(page, 'Events').waitFor()
  await settled(page)
  await runCommand(page, 'What was denied')
  await expect(page.getByRole('combobox', { name: 'Filter all views' })).toHaveValue('outcome:denied')
  await expect(page.getByRole('tabpanel', { name: 'Events', exact: true })).toBeVisible()
  expect(observed.consoleErrors).toEqual([])
})
