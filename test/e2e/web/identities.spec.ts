import { expect, test } from '../support/webHost'
import { applyFilter, enter, settled, showView } from '../support/window'

test.use({ hostArgs: ['--sample'] })

test('an actor is one person with others by the records, by a word of the analyst, and until it is taken back', async ({
  page,
  host,
}) => {
  await enter(page, host)
  await showView(page, 'Events')
  await applyFilter(page, 'actor_key:"k8s:-/shop-deploy"')
  await page.getByRole('row').filter({ hasText: 'shop-deploy' }).first().click()
  const inspector = page.getByRole('tabpanel', { name: 'Inspector' })
  const identity = inspector.getByRole('region', { name: 'Identity' })
  await expect(identity).toContainText('ci-deployer')
  await expect(identity.getByRole('listitem')).toHaveCount(10)
  await expect(identity).toContainText('assume-role, 97 %')
  await identity.getByRole('button', { name: 'All events of this identity' }).click()
  await settled(page)
  await expect(page.getByRole('combobox', { name: 'Filter all views' })).toHaveValue(/ci-deployer.* OR /)

  await applyFilter(page, 'actor_key:"pg:-/analyst_ro"')
  await page.getByRole('row').filter({ hasText: 'analyst_ro' }).first().click()
  await expect(identity).toContainText('Nothing ties this actor to another one.')
  await identity.getByRole('button', { name: 'Same person as…' }).focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Same person as' })
  await dialog.getByRole('textbox').fill('data-analyst')
  await dialog.getByRole('list', { name: 'Actors' }).getByRole('button').first().focus()
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden({ timeout: 30_000 })
  await expect(identity.getByRole('listitem')).toHaveCount(2)
  await expect(identity).toContainText('analyst, 100 %')
  await page.reload()
  await showView(page, 'Events')
  await applyFilter(page, 'actor_key:"pg:-/analyst_ro"')
  await page.getByRole('row').filter({ hasText: 'analyst_ro' }).first().click()
  await identity.getByRole('button', { name: 'Not the same: pg:-/analyst_ro' }).click()
  await expect(identity).toContainText('Nothing ties this actor to another one.', { timeout: 30_000 })
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
  await expect(identity.getByRole('listitem')).toHaveCount(2, { timeout: 30_000 })
})
