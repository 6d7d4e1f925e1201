import { expect, test } from '../support/webHost'
import { applyFilter, enter, settled, showView } from '../support/window'

test.use({ hostArgs: ['--sample'] })

test('the operations of a trace are listed by self time, and lead to their slowest span', async ({ page, host }) => {
  await enter(page, host)
  await showView(page, 'Traces')
  await page.getByRole('row').filter({ hasText: 'job regional-report' }).first().click()
  await page.getByRole('button', { name: 'Self time' }).click()
  const table = page.getByRole('region', { name: 'Operations by self time' })
  const first = table.getByRole('row').nth(1)
  await expect(first).toContainText('pg.query')
  await expect(page.getByRole('treegrid')).toBeHidden()
  await first.getByRole('button').focus()
  await page.keyboard.press('Enter')
  const selected = page.getByRole('treegrid').getByRole('row', { selected: true })
  await expect(selected).toContainText('pg.query')
})

test('the inspector walks along what an event shares with its neighbours', async ({ page, host }) => {
  await enter(page, host)
  await showView(page, 'Events')
  await applyFilter(page, 'action:PutRolePolicy')
  await page.getByRole('row').filter({ hasText: 'PutRolePolicy' }).first().click()
  const inspector = page.getByRole('tabpanel', { name: 'Inspector' })
  const neighbours = inspector.getByRole('region', { name: 'Neighbours' })
  await neighbours.getByRole('combobox', { name: 'Same' }).selectOption({ label: 'Address' })
  await neighbours.getByRole('combobox', { name: 'Within' }).selectOption({ label: '± 1 d' })
  const rows = neighbours.getByRole('listitem')
  await expect(rows.filter({ hasText: 'this event' })).toHaveCount(1)
  const next = neighbours.getByRole('listitem').nth(1).getByRole('button')
  const name = (await next.locator('.ct-clip').textContent())?.trim().split(/\s/)[0] ?? ''
  await next.focus()
  await page.keyboard.press('Enter')
  await expect(inspector).toContainText(name)
  await neighbours.getByRole('button', { name: /^Open all/ }).click()
  await settled(page)
  await expect(page.getByRole('combobox', { name: 'Filter all views' })).toHaveValue(/src_ip:/)
})
