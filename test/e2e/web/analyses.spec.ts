import { expect, test } from '../support/webHost'
import { enter, showView } from '../support/window'

test.use({ hostArgs: ['--sample'] })

test('a newcomer finds the out-of-band read, its actor’s path and the change that turned allow into deny', async ({
  page,
  host,
  observed,
}) => {
  await enter(page, host)

  // The read past the application, and the cell of coverage that the claim rests on.
  await showView(page, 'Out of band')
  const band = page.getByRole('tabpanel', { name: 'Out of band', exact: true })
  const read = band.getByRole('article', { name: 'orders_app at postgresql/shop' })
  await expect(read).toContainText('10.20.7.113')
  await expect(read.getByRole('row').filter({ hasText: 'public.customer' }).first()).toContainText('success')
  await read.getByRole('button', { name: 'Coverage it rests on' }).click()
  const cell = page.getByRole('region', { name: 'Cell' })
  await expect(cell).toContainText('pgaudit, postgresql/shop')
  await expect(cell).toContainText('covered')

  // The path of its actor, from a refusal of the same group by way of the inspector.
  await showView(page, 'Out of band')
  await read.getByRole('row').filter({ hasText: 'payment_card' }).first().getByRole('button').click()
  await page.getByRole('tabpanel', { name: 'Inspector' }).getByRole('button', { name: 'Path to this denial' }).click()
  const path = page.getByRole('region', { name: 'Path', exact: true })
  await expect(path).toContainText('orders_app was refused SELECT on')
  await expect(path.getByRole('button', { name: /No trace/ })).toBeVisible()

  // The change after which the nightly job was refused.
  const refusals = page.getByRole('navigation', { name: 'Refusals' })
  await refusals
    .getByRole('listitem')
    .filter({ hasText: 'batch-runner' })
    .filter({ hasText: 'GetObject' })
    .getByRole('button')
    .first()
    .click()
  await expect(path).toContainText('batch-runner was refused GetObject')
  const change = path.getByRole('button', { name: /change before · pivot/ })
  await change.click()
  await expect(page.getByRole('complementary', { name: 'Facts of the step' })).toContainText('change before')
  await expect(path).toContainText(/PutBucketPolicy|DetachRolePolicy|DeleteRolePolicy|PutRolePolicy/)
  await change.press('ArrowDown')
  await expect(change).toHaveAttribute('aria-pressed', 'false')
  expect(observed.consoleErrors).toEqual([])
})
